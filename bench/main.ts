/** Runs all benchmarks, or the one that is named with its values, and prints their figures as one table. */
import { fork, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { compareFiles, type Run } from './report/compare.ts'
import type { Figure } from './report/figures.ts'
import { table } from './report/table.ts'

/** Benchmarks of a full run, in its order, by what they measure. */
const benchmarks: Readonly<Record<string, string>> = {
  'calls [SECONDS]': 'encrypt, decrypt and HMAC of the local KMS, alone and through the gateway, beside OpenBao',
  'people [SECONDS]': 'a forwarded call with sign-in, roles and the audit log of people, beside one without',
  'kms [COUNT]': 'the local KMS: start, memory, and a list of so many keys',
  'growth [short] [postgres]': 'calls of the local KMS as keys, versions and the audit log grow',
  'first-screen [ROUNDS]': 'the list of keys opened cold on a slow processor, beside another console or React alone',
  'keys [COUNT]': 'a list of so many keys in the browser',
  'files [MB] [ROUNDS]': 'a file of that size, encrypted and decrypted in the browser',
  'reset [COUNT]': 'a reset of the local KMS to so many keys',
  'signing [COUNT]': 'light requests while so many clients sign with RSA-4096',
  'soak [MINUTES]': 'mixed load for so long: failures, times and memory from start to end',
}

/** Run only by their names. */
const others: Readonly<Record<string, string>> = {
  'tasks [NUMBER]': 'sixteen everyday tasks, counted in clicks and keys; or one of them',
  'fuzz [COUNT]': 'so many fuzzed requests to the local KMS and the gateway',
  'kills [COUNT]': 'so many kills of the local KMS under 12 writers',
  'crash [SECONDS]': 'two consoles on one PostgreSQL under load, which are killed for so long',
}

/** Values of benchmarks that are shorter in a full run. */
const shortened: Readonly<Record<string, readonly string[]>> = {
  calls: ['0.5'],
  people: ['0.5'],
  growth: ['short'],
  keys: ['20000'],
  files: ['256'],
  soak: ['1'],
}

const nameOf = (usage: string) => usage.split(' ')[0] ?? usage
const fullRun = Object.keys(benchmarks).map(nameOf)
const known = [...fullRun, ...Object.keys(others).map(nameOf)]

const lines = (described: Readonly<Record<string, string>>) =>
  Object.entries(described)
    .map(([usage, text]) => `  ${usage.padEnd(27)}${text}`)
    .join('\n')

const usage = `Usage: npm run bench -- [--json FILE] [NAME [VALUE …]]
       npm run bench -- compare BEFORE.json AFTER.json

Prints figures beside the floors that are measured in the same rounds; without a name, all of them.
A full run is shorter where that tells as much: growth with fewer keys, 20,000 keys in the browser, a minute of load.
--json also writes them to a file; compare says what changed between two such files beyond the noise.

${lines(benchmarks)}

Only by name:
${lines(others)}
`

/** Runs a benchmark in a process of its own, whose memory and garbage disturb no other. */
const run = (name: string, values: readonly string[]) =>
  new Promise<readonly Figure[]>((resolve) => {
    const figures: Figure[] = []
    const child = fork(`bench/${name}.ts`, values)
    child.on('message', (message: { figures: readonly Figure[] }) => figures.push(...message.figures))
    child.once('exit', (code) => {
      if (code !== 0) process.exitCode = code ?? 1
      resolve(figures)
    })
  })

function write(file: string, figures: readonly Figure[]): void {
  const commit = spawnSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  const about = { date: new Date().toISOString(), commit, node: process.version, cores: availableParallelism() }
  writeFileSync(file, `${JSON.stringify({ ...about, figures } satisfies Run, null, 1)}\n`)
}

const given = process.argv.slice(2)
const at = given.indexOf('--json')
const [, file] = at < 0 ? [] : given.splice(at, 2)
const [name, ...values] = given

if (name === '--help' || name === '-h' || name === 'help') process.stdout.write(usage)
else if (name === 'compare') process.exitCode = compareFiles(values)
else if (name !== undefined && !known.includes(name)) {
  process.stderr.write(`There is no benchmark “${name}”: ${known.join(', ')}.\n`)
  process.exitCode = 2
} else if (at >= 0 && file === undefined) {
  process.stderr.write('Name a file after --json.\n')
  process.exitCode = 2
} else {
  const figures: Figure[] = []
  const runs =
    name === undefined ? fullRun.map((one) => [one, shortened[one] ?? []] as const) : [[name, values] as const]
  for (const [one, given] of runs) figures.push(...(await run(one, given)))
  if (figures.length > 0) process.stdout.write(`\n${table(figures)}\n`)
  if (file !== undefined) write(file, figures)
}
