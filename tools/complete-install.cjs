// What a package has for one platform alone is optional, and npm goes on without it, silently, when its download fails.
const { existsSync, readFileSync } = require('node:fs')
const { join } = require('node:path')

const root = join(__dirname, '..')
const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
// Else it looks names up in the network.
process.report.excludeNetwork = true
const libc = process.report.getReport().header.glibcVersionRuntime ? 'glibc' : 'musl'
const isForThisMachine = ({ optional, os, cpu, libc: wanted = [libc] }) =>
  optional && os?.includes(process.platform) && cpu?.includes(process.arch) && wanted.includes(libc)

const missing = Object.entries(packages)
  .filter(([place, one]) => isForThisMachine(one) && !existsSync(join(root, place)))
  .map(([place]) => place.replace(/^.*node_modules\//, ''))
if (missing.length > 0) {
  console.error(`The install is incomplete: ${missing.join(', ')} could not be downloaded.\nRun:  npm ci`)
  process.exit(1)
}
