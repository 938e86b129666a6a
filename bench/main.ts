/** Runs all benchmarks, or the named one with its arguments: `npm run bench -- files 200`. Needs a build. */
import { spawnSync } from 'node:child_process'

const benchmarks = ['keys', 'files', 'tasks', 'kms', 'reset', 'signing']
const known = [...benchmarks, 'fuzz', 'kills']
const [name, ...rest] = process.argv.slice(2)

if (name === '--help' || name === '-h' || name === 'help') {
  process.stdout.write(`Usage: npm run bench -- [NAME [VALUE …]]

Prints figures beside what they are measured against; without a name, all of them.

  keys [COUNT]      a list of so many keys in the browser
  files [MEGABYTES] a file of that size, encrypted and decrypted
  tasks [NUMBER]    sixteen everyday tasks, counted in clicks and keys; or one of them
  kms [COUNT]       the local KMS: start, memory, and a list of so many keys
  reset [COUNT]     a reset of the local KMS to so many keys
  signing [COUNT]   light requests while so many clients sign with RSA-4096
  fuzz [COUNT]      so many fuzzed requests to the local KMS and the gateway; only by its name
  kills [COUNT]     so many kills of the local KMS under 12 writers; only by its name
`)
  process.exit()
}

if (name !== undefined && !known.includes(name)) {
  process.stderr.write(`There is no benchmark “${name}”: ${known.join(', ')}.\n`)
  process.exit(2)
}

for (const one of name === undefined ? benchmarks : [name]) {
  const { status } = spawnSync(process.execPath, [`bench/${one}.ts`, ...rest], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}
