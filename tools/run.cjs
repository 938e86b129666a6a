// Entry of the npm scripts. Old syntax, as in preflight.cjs, so that an old Node gets a clear message.
const { enableCompileCache } = require('module')
const { join } = require('path')
const { pathToFileURL } = require('url')
const { problemOf } = require('./preflight.cjs')

const root = join(__dirname, '..')
const main = 'server/main.ts'
const decryptFile = 'server/decrypt-file.ts'
/** Built programs of the server. */
const built = { [main]: 'dist-server/main.js', [decryptFile]: 'dist-server/decrypt-file.js' }
const vite = 'node_modules/vite/bin/vite.js'
// Vite's default loader writes into node_modules, which may be read-only, and fails in folders with these characters.
const native = ['--configLoader', 'native']
const isOddFolder = /[#?*]/.test(root)

/** Program by mode: `file` to run in this process, `args` before those of the command line, and targets to build before. */
const programs = {
  console: { file: main, args: ['console'], needs: ['console', 'server'] },
  demo: { file: main, args: ['demo'], needs: ['console', 'server'] },
  kms: { file: main, args: ['kms'] },
  audit: { file: main, args: ['audit'] },
  'decrypt-file': { file: decryptFile, args: [] },
  bench: { file: 'bench/main.ts', args: [], needs: ['console', 'server'], isForDevelopment: true },
  // The default loader restarts the server when code of the gateway changes.
  dev: { file: vite, args: isOddFolder ? native : [], isForDevelopment: true },
  build: { file: 'tools/build.ts', args: [], isForDevelopment: true },
  test: { file: 'tools/test.ts', args: [], isForDevelopment: true },
}

const fail = (message) => {
  console.error(message)
  process.exit(1)
}

/** Ends the process with one sentence if the install lacks a requirement of the mode. */
const check = (needsDev) => {
  const problem = problemOf(root, { version: process.version, environment: process.env, needsDev })
  if (problem) fail(problem)
}

/** Builds missing and outdated targets. */
const build = async (targets, args) => {
  const { isBuilt } = await import('./build/fingerprint.ts')
  const stale = targets.filter((target) => !isBuilt(root, target))
  if (stale.length === 0) return
  check('Building the console')
  const { prepare } = await import('./prepare.ts')
  await prepare(root, stale, args)
}

/** Enables the compile cache for later starts. A read-only folder is ignored. */
const keepCompiled = () => {
  if (enableCompileCache) enableCompileCache(join(root, 'node_modules/.cache/compiled'))
}

/** The server's build if up to date, else the sources. */
const bestOf = async (file) => {
  if (!built[file]) return file
  const { isBuilt } = await import('./build/fingerprint.ts')
  return isBuilt(root, 'server') ? built[file] : file
}

const run = async ({ file, args, needs = [] }, rest) => {
  keepCompiled()
  const all = [...args, ...rest]
  const isQuestion = rest.some((flag) => ['--help', '-h', '--version'].includes(flag))
  if (!isQuestion) await build(needs, file === main ? all : undefined)
  process.argv = [process.argv[0], join(root, await bestOf(file)), ...all]
  await import(pathToFileURL(process.argv[1]).href)
}

const program = programs[process.argv[2]]
if (!program) fail(`Usage: node tools/run.cjs ${Object.keys(programs).join(' | ')}`)
check(program.isForDevelopment ? `npm run ${process.env.npm_lifecycle_event || process.argv[2]}` : undefined)
if (program.file) {
  run(program, process.argv.slice(3)).catch((error) => fail(error.name === 'StartError' ? error.message : error))
}
