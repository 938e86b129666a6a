import { mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from '../server/testing/program.ts'

interface Machine {
  readonly platform: string
  readonly arch: string
  readonly libc: 'glibc' | 'musl'
}

const { missingPackages }: { missingPackages: (root: string, withDev: boolean, machine: Machine) => string[] } =
  createRequire(import.meta.url)('./complete-install.cjs')

const debian: Machine = { platform: 'linux', arch: 'x64', libc: 'glibc' }
const alpine: Machine = { ...debian, libc: 'musl' }

const variant = (libc?: string) => ({
  dev: true,
  optional: true,
  os: ['linux'],
  cpu: ['x64'],
  ...(libc && { libc: [libc] }),
})

/** Lock file with one library, and one development tool with a package for each platform. */
const lockFile = (withLibc: boolean) => ({
  packages: {
    '': { dependencies: { library: '1' }, devDependencies: { '@tools/one': '1' } },
    'node_modules/library': {},
    'node_modules/@tools/one': {
      dev: true,
      optionalDependencies: { '@tools/one-gnu': '1', '@tools/one-musl': '1', '@tools/one-mac': '1' },
    },
    'node_modules/@tools/one-gnu': variant(withLibc ? 'glibc' : undefined),
    // A nested path, as npm creates it for two versions.
    'node_modules/@tools/one/node_modules/@tools/one-musl': variant(withLibc ? 'musl' : undefined),
    'node_modules/@tools/one-mac': { dev: true, optional: true, os: ['darwin'], cpu: ['x64', 'arm64'] },
  },
})

const gnu = { '@tools/one-gnu': { libc: ['glibc'] } }
const musl = { '@tools/one/node_modules/@tools/one-musl': { libc: ['musl'] } }
const rest = { library: {}, '@tools/one': {} }

const install = (packages: Readonly<Record<string, object>>, { withLibc }: { withLibc: boolean }): string => {
  const root = folder()
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lockFile(withLibc)))
  for (const [name, manifest] of Object.entries(packages)) {
    const place = join(root, 'node_modules', name)
    mkdirSync(place, { recursive: true })
    writeFileSync(join(place, 'package.json'), JSON.stringify(manifest))
  }
  return root
}

test.each([true, false])(
  'one usable variant of each platform package is enough (libc in the lock file: %s)',
  (withLibc) => {
    const both = install({ ...rest, ...gnu, ...musl }, { withLibc })
    expect(missingPackages(both, true, debian)).toEqual([])
    expect(missingPackages(both, true, alpine)).toEqual([])
    expect(missingPackages(install({ ...rest, ...gnu }, { withLibc }), true, debian)).toEqual([])
    expect(missingPackages(install({ ...rest, ...musl }, { withLibc }), true, alpine)).toEqual([])
  },
)

test.each([true, false])('a variant for another libc does not count (libc in the lock file: %s)', (withLibc) => {
  expect(missingPackages(install({ ...rest, ...musl }, { withLibc }), true, debian)).toEqual(['@tools/one-gnu'])
  expect(missingPackages(install({ ...rest, ...gnu }, { withLibc }), true, alpine)).toEqual(['@tools/one-musl'])
})

test('a missing variant is reported, unless the tool has none for this platform', () => {
  const root = install(rest, { withLibc: true })
  expect(missingPackages(root, true, debian)).toEqual(['@tools/one-gnu'])
  expect(missingPackages(root, true, { ...debian, platform: 'darwin' })).toEqual(['@tools/one-mac'])
  expect(missingPackages(root, true, { ...debian, platform: 'aix' })).toEqual([])
})

test('development packages that are omitted on purpose are not reported', () => {
  const root = install({ library: {} }, { withLibc: true })
  expect(missingPackages(root, false, debian)).toEqual([])
  expect(missingPackages(root, true, debian)).toEqual(['@tools/one', '@tools/one-gnu'])
})

test('a missing dependency is reported', () => {
  expect(missingPackages(install({}, { withLibc: true }), false, debian)).toEqual(['library'])
})
