// Old syntax, as in preflight.cjs: any Node from 12 runs this file.
const { existsSync, readFileSync } = require('fs')
const { join } = require('path')
const { version, packages } = require('./node-integrity.json')

/**
 * Why the Node of the dev dependency `node` is not the one that this version was made with; undefined if it is, or is not
 * there. Its install script fetches the platform's package, which the lock file therefore doesn't list: what counts is the
 * checksum that npm noted beside it.
 * @param root folder of package.json
 */
const packagedNodeProblem = (root) => {
  const noted = join(root, 'node_modules/node/node_modules/.package-lock.json')
  if (!existsSync(noted)) return undefined
  const foreign = Object.entries(JSON.parse(readFileSync(noted, 'utf8')).packages)
    .map(([place, { version: found, integrity }]) => ({
      name: place.replace(/^.*node_modules\//, ''),
      found,
      integrity,
    }))
    .find(({ name, integrity }) => packages[name] !== undefined && packages[name] !== integrity)
  if (!foreign) return undefined
  return foreign.found === version
    ? `${foreign.name} ${version} is not the published package: its checksum is not the one in tools/node-integrity.json`
    : `The install has Node ${foreign.found}, and this version of KMS Console was made with ${version}`
}

module.exports = { packagedNodeProblem }
