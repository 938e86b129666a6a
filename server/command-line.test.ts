import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { helpOf, readCommandLine } from './command-line.ts'
import { decryptFileProgram, main } from './testing/program.ts'
import { version } from './version.ts'

const refusal = (...args: string[]): string => {
  try {
    readCommandLine(args)
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
  return ''
}

test('the default command is the console', () => {
  expect(readCommandLine(['--port', '0'])).toEqual({ command: 'console', flags: { port: '0' }, operand: undefined })
})

describe('unknown words are reported in one line with the nearest known one', () => {
  test.each([
    [['--prot', '1'], 'Unknown flag --prot. Did you mean --port?'],
    [['kms', '--testclock'], 'Unknown flag --testclock. Did you mean --test-clock?'],
    [['-p', '1'], /^Unknown flag -p\. There are: --port, .*--help, --version\.$/],
    [['kmss'], 'Unknown command kmss. Did you mean kms?'],
    [['serve'], /^Unknown command serve\. There are: console, kms, .*demo.*\.$/],
    [['--port'], "Option '--port <value>' argument missing."],
  ])('%j', (args, message) => {
    const output = refusal(...args)
    if (typeof message === 'string') expect(output).toBe(message)
    else expect(output).toMatch(message)
  })
})

test('an argument that a command does not accept is reported with the usage', () => {
  expect(refusal('kms', '--keys', '3')).toMatch(/^--keys is for demo only\nUsage: npm run kms -- \[--port PORT\]/)
  expect(refusal('kms', 'demo')).toMatch(/^Unknown argument: demo\nUsage: /)
})

test.each([['console'], ['kms'], ['demo']] as const)('the help of %s names its flags and all commands', (name) => {
  const help = helpOf(name)
  for (const text of ['Usage: npm ', `node server/main.ts ${name} `, '--port PORT', '--help', '--version', 'Commands:'])
    expect(help).toContain(text)
})

const runScript = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [script, ...args], { encoding: 'utf8', env: { KMS_ENV_FILE: '' }, timeout: 30_000 })
const run = (...args: string[]) => runScript(main, ...args)

test.each([
  [['--help'], helpOf('console')],
  [['kms', '-h'], helpOf('kms')],
  [['help', 'demo'], helpOf('demo')],
  [['help'], helpOf('console')],
  [['kms', '--version'], version],
])('%j is printed, and nothing starts', (args, text) => {
  expect(run(...args)).toMatchObject({ status: 0, stdout: `${text}\n`, stderr: '' })
})

test('a mistake is one line on stderr', () => {
  expect(run('--prot')).toMatchObject({ status: 1, stdout: '', stderr: 'Unknown flag --prot. Did you mean --port?\n' })
})

test.each([decryptFileProgram, 'bench/main.ts', 'tools/screenshots.ts'])('%s has a help', (script) => {
  for (const flag of ['--help', '-h']) {
    const { status, stdout, stderr } = runScript(script, flag)
    expect(stdout).toMatch(/^Usage: npm run (decrypt-file|bench|screenshots) -- /)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  }
})
