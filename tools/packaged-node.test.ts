import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { folder } from '../server/testing/program.ts'

const { packagedNodeProblem }: { packagedNodeProblem: (root: string) => string | undefined } = createRequire(
  import.meta.url,
)('./packaged-node.cjs')

const project = join(import.meta.dirname, '..')
const readJson = (file: string) => JSON.parse(readFileSync(join(project, file), 'utf8'))
const { version, packages }: { version: string; packages: Record<string, string> } =
  readJson('tools/node-integrity.json')

/** A project whose install script noted this package. */
function install(name: string, found: { readonly version: string; readonly integrity: string }): string {
  const root = folder()
  const place = join(root, 'node_modules/node/node_modules')
  mkdirSync(place, { recursive: true })
  writeFileSync(join(place, '.package-lock.json'), JSON.stringify({ packages: { [`node_modules/${name}`]: found } }))
  return root
}

test('the checksums are those of the version in package.json and in the lock file', () => {
  expect(readJson('package.json').devDependencies.node).toBe(version)
  expect(readJson('package-lock.json').packages['node_modules/node'].version).toBe(version)
  expect(Object.values(packages).every((integrity) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity))).toBe(true)
})

test('the Node of this install is the published one', () => {
  expect(packagedNodeProblem(project)).toBeUndefined()
})

test.each(Object.entries(packages))('%s is known by its checksum', (name, integrity) => {
  expect(packagedNodeProblem(install(name, { version, integrity }))).toBeUndefined()
  expect(packagedNodeProblem(install(name, { version, integrity: `sha512-${'A'.repeat(86)}==` }))).toMatch(
    new RegExp(`^${name} ${version.replaceAll('.', '\\.')} is not the published package: its checksum`),
  )
  expect(packagedNodeProblem(install(name, { version: '26.0.0', integrity: 'sha512-old' }))).toMatch(
    /^The install has Node 26\.0\.0, and this version of KMS Console was made with /,
  )
})

test('a platform without a checksum here, and an install without the package, are not judged', () => {
  expect(packagedNodeProblem(install('node-linux-riscv', { version, integrity: 'sha512-x' }))).toBeUndefined()
  expect(packagedNodeProblem(folder())).toBeUndefined()
})
