// Old syntax on purpose, as in preflight.cjs: any Node from 12 runs this file.
const { existsSync, readFileSync } = require('fs')
const { join } = require('path')

const readJson = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** What tells platform packages apart: `{ platform, arch, libc }`, libc being glibc or musl on Linux. */
const thisMachine = () => {
  // Else the report looks names up in the network.
  process.report.excludeNetwork = true
  const { header } = process.report.getReport()
  return { platform: process.platform, arch: process.arch, libc: header.glibcVersionRuntime ? 'glibc' : 'musl' }
}

/** Where Node would find a package that the one at `place` needs: beside its own, or in a folder above. */
const placeOf = (packages, place, name) => {
  const inner = `${place ? `${place}/` : ''}node_modules/${name}`
  if (packages[inner] || !place) return inner
  return placeOf(packages, place.replace(/(^|\/)node_modules\/(@[^/]+\/)?[^/]+$/, ''), name)
}

const fits = (wanted, value) => wanted === undefined || wanted.includes(value)

/**
 * Packages that a complete install has and this one lacks, by name; empty when nothing is missing. npm goes on silently
 * when the download of a platform package fails: of each family the one for this machine must be there.
 * @param root folder of package.json and package-lock.json
 * @param withDev false where the packages for development are left out on purpose
 */
const missingPackages = (root, withDev, machine = thisMachine()) => {
  const { packages } = readJson(join(root, 'package-lock.json'))
  const isThere = (place) => existsSync(join(root, place, 'package.json'))
  // npm before 11.11 drops `libc` from a lock file that it writes; the package itself still says it.
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
