// Old syntax, as in preflight.cjs: any Node from 12 runs this file.
const { existsSync, readFileSync } = require('fs')
const { join } = require('path')

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** Platform of this machine: `{ platform, arch, libc }`, with libc glibc or musl on Linux. */
const thisMachine = () => {
  // Otherwise the report resolves names over the network.
  process.report.excludeNetwork = true
  const { header } = process.report.getReport()
  return { platform: process.platform, arch: process.arch, libc: header.glibcVersionRuntime ? 'glibc' : 'musl' }
}

/** Path at which Node finds a dependency of the package at `place`: in its own folder, or in one above. */
const placeOf = (packages, place, name) => {
  const inner = `${place ? `${place}/` : ''}node_modules/${name}`
  if (packages[inner] || !place) return inner
  return placeOf(packages, place.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''), name)
}

const fits = (wanted, value) => wanted === undefined || wanted.includes(value)

/**
 * Names of missing packages; empty for a complete install. npm continues silently
 * if the download of a platform package fails, so each family must contain the one for this machine.
 * @param root folder of package.json and package-lock.json
 * @param withDev false if development packages are omitted on purpose
 */
const missingPackages = (root, withDev, machine = thisMachine()) => {
  const { packages } = readJson(join(root, 'package-lock.json'))
  const isThere = (place) => existsSync(join(root, place, 'package.json'))
  // npm before 11.11 omits `libc` from lock files; the package itself has it.
  const libcOf = (place) =>
    packages[place].libc || (isThere(place) ? readJson(join(root, place, 'package.json')).libc : undefined)

  const direct = Object.keys(Object.assign({}, packages[''].dependencies, withDev ? packages[''].devDependencies : {}))
  const missing = direct.filter((name) => !isThere(placeOf(packages, '', name)))
  for (const [place, { optionalDependencies, dev, devOptional }] of Object.entries(packages)) {
    if (!withDev && (dev || devOptional)) continue
    const family = Object.keys(optionalDependencies || {})
      .map((name) => placeOf(packages, place, name))
      .filter((variant) => {
        const { os, cpu } = packages[variant] || {}
        return (
          os &&
          cpu &&
          os.includes(machine.platform) &&
          cpu.includes(machine.arch) &&
          fits(libcOf(variant), machine.libc)
        )
      })
    if (family.length > 0 && !family.some(isThere)) missing.push(family[0].replace(/^.*node_modules\//, ''))
  }
  return missing
}

module.exports = { missingPackages, thisMachine }
