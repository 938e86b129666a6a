// Old syntax: any Node from 12 must run this file to report that it is too old.
const { accessSync, constants, existsSync } = require('fs')
const { join } = require('path')
const { missingPackages } = require('./complete-install.cjs')
const { packagedNodeProblem } = require('./packaged-node.cjs')

const mayWrite = (path) => {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/**
 * One sentence with the reason why the project can't run and the remedy; undefined if it can.
 * @param root folder of package.json
 * @param version Node's version, as in process.version
 * @param environment environment with npm's settings
 * @param needsDev name of the command that needs the development packages, if any
 */
const problemOf = (root, { version, environment, needsDev }) => {
  const has = (...names) => existsSync(join(root, 'node_modules', ...names))
  const omits = (kind) => (environment.npm_config_omit || '').split(/[\s,]+/).includes(kind)
  const install = (withDev) =>
    [
      'npm ci',
      ...(withDev ? ['--include=dev'] : []),
      ...(omits('optional') ? ['--include=optional'] : []),
      ...(environment.npm_config_ignore_scripts === 'true' ? ['--ignore-scripts=false'] : []),
    ].join(' ')
  const omitsDev = omits('dev') || environment.NODE_ENV === 'production'
  const script = environment.npm_lifecycle_event || 'start'
  const sentence = (reason, command) => {
    const folder = has() ? join(root, 'node_modules') : root
    const who = mayWrite(folder) ? '' : `, as a user who may write to ${folder}`
    return `${reason}.\nRun${who}:  ${command}`
  }

  if (!has()) return sentence('KMS Console is not installed: it has no node_modules folder', install(omitsDev))
  const withDev = has('vite')
  if (Number(version.replace('v', '').split('.')[0]) < 24) {
    const old = `KMS Console needs Node 24 or newer; this is ${version}`
    if (has('node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
      return `${old}, while the install brought a newer one, which npm uses.\nRun:  npm run ${script}`
    if (has('node'))
      return sentence(
        `${old}, and npm ran no install scripts (ignore-scripts), which bring a newer one`,
        'npm rebuild node --ignore-scripts=false',
      )
    return sentence(`${old}, and the install left out the newer one (NODE_ENV=production or --omit=dev)`, install(true))
  }
  const foreignNode = packagedNodeProblem(root)
  if (foreignNode) return sentence(foreignNode, 'npm ci')
  const missing = missingPackages(root, withDev)
  if (missing.length > 0) {
    return sentence(
      `The install is incomplete: ${missing.join(', ')} could not be downloaded`,
      install(withDev && omitsDev),
    )
  }
  if (needsDev && !withDev) {
    return sentence(
      `${needsDev} needs the packages for development, which the install left out (NODE_ENV=production or --omit=dev)`,
      install(true),
    )
  }
  return undefined
}

module.exports = { problemOf }
