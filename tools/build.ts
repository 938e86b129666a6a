/** `npm run build`: builds console and server in parallel. */
import { join } from 'node:path'
import { runBuild } from './build/run-build.ts'

const root = join(import.meta.dirname, '..')
const args = process.argv.slice(2)
const statuses = await Promise.all([
  runBuild(root, 'console', args, 'stdout'),
  runBuild(root, 'server', ['--logLevel', 'warn', ...args], 'stdout'),
])
process.exitCode = Math.max(...statuses)
