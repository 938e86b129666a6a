import { spawn } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readCommandLine } from './command-line.ts'
import { readConfig } from './config.ts'
import { projectFolder, readEnvFile } from './env-file.ts'
import { exit, lastOfKms, start, started, watched } from './testing/program.ts'
import { knownVariables } from './variables.ts'

const place = mkdtempSync(join(tmpdir(), 'env-file-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
const path = join(place, 'settings')

const read = (content: string | Buffer) => {
  writeFileSync(path, content)
  return readEnvFile({ KMS_ENV_FILE: path })
}

const refusal = (content: string | Buffer): string => {
  try {
    read(content)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

const text = 'PORT=1\nKMS_DATA_DIR="/dätä"\n'
const swapped = Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()

describe('formats of editors', () => {
  test.each([
    ['UTF-8', Buffer.from(text)],
    ['with a byte order mark', Buffer.from(`\uFEFF${text}`)],
    ['UTF-16, little end first', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['UTF-16, big end first', swapped],
    ['with the line ends of Windows', Buffer.from(text.replaceAll('\n', '\r\n'))],
    ['all of these', Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le')],
  ])('%s', (_, content) => {
    expect(read(content)).toEqual({ path, variables: { PORT: '1', KMS_DATA_DIR: '/dätä' } })
  })

  test('comments, blank lines, export, blanks around the sign, quotes, and a value of several lines', () => {
    const content = `# a comment\n\n  export PORT = 1 # why\nA='x # y'\nB="one\ntwo"\nC=\`it's\`\nD=\n`
    expect(read(content)?.variables).toEqual({ PORT: '1', A: 'x # y', B: 'one\ntwo', C: "it's", D: '' })
  })

  test('an empty file', () => {
    expect(read('')?.variables).toEqual({})
  })
})

describe('an invalid line is reported by its number, and not shown', () => {
  test.each([
    ['PORT=1\nsecret-text\n', `${path}, line 2: this is not a setting. Write NAME=value, or # before a comment.`],
    ['PORT=1\r\n\r\nEXOSCALE_API_SECRET: secret-text\r\n', `${path}, line 3: this is not a setting.`],
    ['A="x\ny"\nset PORT secret-text', `${path}, line 3: this is not a setting.`],
    ['=secret-text', `${path}, line 1: this is not a setting.`],
    ['9A=secret-text', `${path}, line 1: this is not a setting.`],
    ['A=1\nB="secret-text\nC=2', `${path}, line 2: the " that opens the value is not closed.`],
    [Buffer.from('A=secret-text', 'utf16le'), `Can't read ${path}: it is not UTF-8 text. Save it as UTF-8.`],
    [Buffer.from([0x41, 0x3d, 0xe4]), `Can't read ${path}: it is not UTF-8 text. Save it as UTF-8.`],
    ['#'.repeat(1_000_001), `Can't read ${path}: it is longer than a megabyte.`],
  ])('%#', (content, message) => {
    const output = refusal(content)
    expect(output).toContain(message)
    expect(output).not.toContain('secret-text')
  })
})

describe('which file', () => {
  test('the named one, which must exist', () => {
    const missing = join(place, 'missing')
    expect(() => readEnvFile({ KMS_ENV_FILE: missing })).toThrow(`Can't read ${missing}: it is not there.`)
    mkdirSync(join(place, 'folder'))
    expect(() => readEnvFile({ KMS_ENV_FILE: join(place, 'folder') })).toThrow('it is a folder')
    writeFileSync(path, 'PORT=2')
    expect(readEnvFile({ KMS_ENV_FILE: relative('', path) })).toEqual({ path, variables: { PORT: '2' } })
  })

  test('none, for an empty name', () => {
    expect(readEnvFile({ KMS_ENV_FILE: '' })).toBeUndefined()
  })
})

test('the environment overrides the file, also with an empty variable', () => {
  const file = { path, variables: { PORT: '1', HOST: '::1', READ_ONLY: 'true' } }
  expect(readConfig({ PORT: '2', READ_ONLY: '' }, undefined, file)).toMatchObject({
    port: 2,
    host: '::1',
    readOnly: false,
  })
})

test('a relative seed is resolved against the file that sets it, the working directory, or npm’s caller directory', () => {
  const seedFile = (environment: Record<string, string>, args: string[] = []) =>
    readConfig(environment, readCommandLine(args), { path, variables: { KMS_SEED: 'seed.yaml' } }).kms.seedFile
  expect(seedFile({})).toBe(join(place, 'seed.yaml'))
  expect(seedFile({ KMS_SEED: 'other.yaml' })).toBe(resolve('other.yaml'))
  expect(seedFile({ INIT_CWD: place }, ['kms', '--seed', 'third.yaml'])).toBe(join(place, 'third.yaml'))
  expect(seedFile({}, ['kms', '--seed', 'third.yaml'])).toBe(resolve('third.yaml'))
})

test('a relative data folder is resolved against the file that sets it, else the working directory', () => {
  const dataDir = (environment: Record<string, string>, variables: Record<string, string>) =>
    readConfig(environment, undefined, { path, variables }).kms.dataDir
  expect(dataDir({}, { KMS_DATA_DIR: 'data' })).toBe(join(place, 'data'))
  expect(dataDir({ KMS_DATA_DIR: 'data' }, { KMS_DATA_DIR: 'other' })).toBe(resolve('data'))
  expect(dataDir({}, { KMS_DATA_DIR: place })).toBe(place)
  expect(dataDir({}, {})).toBe(join(projectFolder, '.data'))
})

describe('unknown names', () => {
  const warnings = (environment: Record<string, string>) => readConfig(environment).warnings

  test.each([
    ['KMS_DATADIR', 'KMS_DATA_DIR'],
    ['KMS_PROT', 'KMS_PORT'],
    ['kms_port', 'KMS_PORT'],
    ['THALASSA_TOKEN', 'THALASSA_API_TOKEN'],
    ['THALASSA_ORGANIZATION_ID', 'THALASSA_ORGANISATION_ID'],
    ['EXOSCALE_SECRET', 'EXOSCALE_API_SECRET'],
    ['EXOSCALE_APIKEY', 'EXOSCALE_API_KEY'],
    ['READONLY', 'READ_ONLY'],
    ['port', 'PORT'],
  ])('%s was meant as %s', (name, meant) => {
    expect(warnings({ [name]: 'hidden' })).toEqual([`${name} is not read. Did you mean ${meant}?`])
  })

  test('without a similar known name', () => {
    expect(warnings({ KMS_COLOUR_OF_THE_SKY: 'hidden' })).toEqual([
      'KMS_COLOUR_OF_THE_SKY is not read: no setting has such a name.',
    ])
  })

  test('names of other programs and vendors’ tools, and empty ones are ignored', () => {
    expect(warnings({ PATH: '/bin', HOSTNAME: 'x', EXOSCALE_TRACE: '1', EXOSCALE_ZONE: 'x', KMS_PROT: '' })).toEqual([])
  })
})

test('.env.example and the configuration name the same variables', () => {
  const example = readFileSync(join(projectFolder, '.env.example'), 'utf8')
  const docs = globSync('docs/*.md', { cwd: projectFolder }).map((file) =>
    readFileSync(join(projectFolder, file), 'utf8'),
  )
  for (const text of [example, docs.join('\n')]) {
    expect(knownVariables.filter((name) => !new RegExp(`\\b${name}\\b`).test(text))).toEqual([])
  }
  const settings = [...example.matchAll(/^#([A-Z_]+)=/gm)].map(([, name = '']) => name)
  expect(settings.length).toBeGreaterThan(10)
  expect(settings.filter((name) => !knownVariables.includes(name))).toEqual([])
})

test('the file beside package.json is read from any working directory, and no folder is created there', async () => {
  const copy = join(place, 'copy')
  const elsewhere = join(place, 'elsewhere')
  mkdirSync(elsewhere)
  for (const name of ['server', 'src/clouds', 'package.json'])
    cpSync(join(projectFolder, name), join(copy, name), { recursive: true })
  symlinkSync(join(projectFolder, 'node_modules'), join(copy, 'node_modules'), 'junction')
  writeFileSync(join(copy, '.env'), Buffer.from('\uFEFFKMS_PORT=0\r\nKMS_DATA_DIR=data\r\n', 'utf16le'))
  const program = watched(spawn(process.execPath, [join(copy, 'server/main.ts'), 'kms'], { cwd: elsewhere, env: {} }))
  await started(program, lastOfKms)
  expect(program.output.err).toContain(`Settings are read from ${join(copy, '.env')}.`)
  program.child.kill('SIGTERM')
  await exit(program.child)
  expect(readdirSync(join(copy, 'data'))).toContain('kms.sqlite')
  expect(readdirSync(elsewhere)).toEqual([])
})

test('an invalid line ends the start', async () => {
  const { child, output } = start(['kms', '--port', '0'], { KMS_DATA_DIR: place }, 'READ_ONLY=true\nsecret-text\n')
  expect(await exit(child)).toBe(1)
  expect(output.err).toMatch(/\.env, line 2: this is not a setting/)
  expect(output.err).not.toMatch(/secret-text|\n {4}at /)
})
