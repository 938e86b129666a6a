import { globSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { describe, expect, test } from 'vitest'

/** Folders that a folder may import from; the first matching row counts. Without packages. */
const allowed: readonly (readonly [from: RegExp, to: RegExp])[] = [
  [/^server\/kms\/engine\//, /^(server\/kms\/(engine|crypto)\/|src\/clouds\/algorithms\.ts$)/],
  [/^server\/kms\/crypto\//, /^(server\/kms\/crypto\/|src\/clouds\/algorithms\.ts$)/],
  [/^server\/kms\/store\//, /^server\/kms\/(store|engine)\//],
  // Tests start the built programs.
  [/^server\/testing\//, /^(server\/|tools\/build\/fingerprint\.ts$)/],
  [
    /^server\//,
    /^(server\/|src\/clouds\/(algorithms|endpoint|[a-z]+\/(wire(-[a-z-]+)?|roles|allowed|approvals|audit|sign-in|rules|key-specs|revisions|bounds|endpoints|evaluation\/[a-z-]+))\.ts$|src\/(lib\/age\/(file-start|kms-stanza)|pages\/patterns)\.ts$)/,
  ],
  [/^src\/(ui|lib)\//, /^src\/(ui|lib)\//],
  [/^src\/clouds\//, /^src\/(clouds|lib)\//],
  [/^src\/router\//, /^src\/router\//],
  [/^src\/pages\//, /^src\/(pages|clouds|router|ui|lib)\//],
  [/^src\//, /^src\//],
]

/** Packages that a folder must not import: no HTTP or SQL in the engine, no Node in the browser, databases only in the stores. */
const forbiddenPackages: readonly (readonly [from: RegExp, packages: RegExp])[] = [
  [/^server\/kms\/(engine|crypto)\//, /^(undici|node:(http|https|sqlite|net))/],
  [/^server\/(?!kms\/(store|shared)\/|records\/)(?!.*(test|testing))/, /^(node:sqlite|pg)$/],
  [/^src\//, /^(node:|zod$|undici)/],
]

const files = globSync(['server/**/*.ts', 'src/**/*.{ts,tsx}']).map((file) => file.replaceAll('\\', '/'))

const importsOf = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/(?:\bfrom\s*|\bimport\s*\(?\s*)'([^']+)'/g)].map(
    ([, specifier = '']) => specifier,
  )

const targetOf = (file: string, specifier: string) =>
  posix.normalize(posix.join(dirname(file), specifier)).replace(/\?.*$/, '')

/** Static imports of a file, including types, without dynamic imports. */
const loadedWith = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/\bfrom '(\.[^']+)'/g)].map(([, specifier = '']) => targetOf(file, specifier))

/** Groups of files that import each other, directly or through others (Tarjan's algorithm). */
function circlesOf(all: readonly string[]): string[][] {
  const index = new Map<string, number>()
  const lowest = new Map<string, number>()
  const stack: string[] = []
  const circles: string[][] = []
  const visit = (file: string): number => {
    const own = index.size
    index.set(file, own)
    stack.push(file)
    let low = own
    for (const target of loadedWith(file).filter((target) => all.includes(target))) {
      if (!index.has(target)) low = Math.min(low, visit(target))
      else if (stack.includes(target)) low = Math.min(low, lowest.get(target) ?? index.get(target) ?? own)
    }
    lowest.set(file, low)
    if (low === own) {
      const circle = stack.splice(stack.indexOf(file))
      if (circle.length > 1) circles.push(circle.sort())
    }
    return low
  }
  for (const file of all) if (!index.has(file)) visit(file)
  return circles
}

const isTest = (file: string) => /\.test\.tsx?$/.test(file) || file.includes('/testing/')

function complaintsOf(file: string): string[] {
  const rule = allowed.find(([from]) => from.test(file))
  return importsOf(file).flatMap((specifier) => {
    if (specifier.startsWith('.')) {
      const target = targetOf(file, specifier)
      const free = isTest(file) && target.startsWith(`${file.split('/')[0]}/`)
      return rule?.[1].test(target) || free || target.endsWith('.css') ? [] : [`${file} imports ${target}`]
    }
    const forbidden = forbiddenPackages.some(([from, packages]) => from.test(file) && packages.test(specifier))
    return forbidden && !isTest(file) ? [`${file} imports ${specifier}`] : []
  })
}

describe('imports point one way', () => {
  test('files are found', () => {
    expect(files.length).toBeGreaterThan(50)
  })

  test('no file has a forbidden import', () => {
    expect(files.flatMap(complaintsOf)).toEqual([])
  })

  test('no files import each other in a circle', () => {
    expect(circlesOf(files)).toEqual([])
  })
})

test('no page imports another page: shared parts are in src/pages/shared', () => {
  const pageOf = (file: string) => /^src\/pages\/([^/]+)\//.exec(file)?.[1]
  const complaints = files.flatMap((file) => {
    const page = pageOf(file)
    if (page === undefined) return []
    return importsOf(file)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => posix.normalize(posix.join(dirname(file), specifier)))
      .filter((target) => ![undefined, 'shared', page].includes(pageOf(target)))
      .map((target) => `${file} imports ${target}`)
  })
  expect(complaints).toEqual([])
})

test('no start loads undici: node:http and node:https are taken from server/http/node-http.ts, and undici when it is needed', () => {
  const loads =
    /^(import|export) (?!type )(\* (as \w+ )?|\w+,? |\{[^}]*\} )*from '(node:https?|undici)'|\bimport\('node:https?'\)/m
  const production = files.filter((file) => file.startsWith('server/') && !isTest(file))
  expect(production.filter((file) => loads.test(readFileSync(file, 'utf8')))).toEqual([])
  expect("import {\n  createServer,\n} from 'node:http'").toMatch(loads)
})

test('lazy code uses lazyComponent, so that a missing chunk leaves the page usable', () => {
  const usesLazy = (file: string) => /import \{[^}]*\blazy\b[^}]*\} from 'react'/.test(readFileSync(file, 'utf8'))
  expect(files.filter(usesLazy)).toEqual(['src/ui/lazy-component.ts'])
})

test('only these changes of the local KMS have no audit rows', () => {
  const reasons = (file: string) =>
    [...readFileSync(file, 'utf8').matchAll(/unaudited\(\s*'([^']+)'|none: '([^']+)'|insertMany\([^;]*'([^']+)'\)/g)]
      .flatMap((found) => found.slice(1))
      .filter((reason) => reason !== undefined && reason !== 'nothing')
      .map((reason) => `${file}: ${reason}`)
  const made = files.filter((file) => file.startsWith('server/kms/') && !isTest(file)).flatMap(reasons)
  expect([...new Set(made)].sort()).toEqual([
    'server/kms/clock-watch.ts: clock',
    'server/kms/engine/credentials.ts: first use',
    'server/kms/engine/encryption-counts.ts: count of encryptions',
    'server/kms/engine/first-use.ts: first use',
    'server/kms/engine/keyring.ts: seed',
    'server/kms/exoscale/default-key.ts: first use',
    'server/kms/exoscale/iam/roles.ts: first use',
    'server/kms/exoscale/replication.ts: first use',
    'server/kms/exoscale/replication.ts: state of replication',
    'server/kms/seed/apply.ts: seed',
    'server/kms/test-api/start-image.ts: start of a test',
    'server/kms/test-clock.ts: clock',
    'server/kms/thalassa/projects.ts: first use',
  ])
})

/** Production files of `src` whose code, comments aside, has it. */
const uses = (pattern: RegExp) => {
  const production = files.filter((file) => file.startsWith('src/') && !isTest(file) && !file.includes('/testing/'))
  return production.filter((file) =>
    pattern.test(readFileSync(file, 'utf8').replaceAll(/\/\*\*[\s\S]*?\*\/|\/\/.*/g, '')),
  )
}

test('one file each uses the browser’s storage, its files and its clipboard, which may be missing or throw', () => {
  const storage = /(?<!')\b(local|session)Storage\b|\bindexedDB\b|\bcaches\.|document\.cookie|globalThis\[/
  expect(uses(storage)).toEqual(['src/lib/browser-storage.ts'])
  expect(uses(/navigator\.(storage|locks)\b/)).toEqual(['src/lib/age/results.ts'])
  expect(uses(/\bclipboard\.(read|write)|execCommand/)).toEqual(['src/ui/use-clipboard.tsx'])
})

test('one file keeps the keys of an input method from all handlers', () => {
  expect(uses(/\bisComposing\b|\bkeyCode\b/)).toEqual(['src/app/page-guards.ts'])
})

test('one file formats dates, and rows that are drawn again only for new data follow the time zone', () => {
  expect(uses(/\bDateTimeFormat\b|\btoLocale(Date|Time)?String\b/)).toEqual(['src/lib/dates.ts'])
  const followers = uses(/\buseTimeZone\b/)
  expect(uses(/\bmemo\(/).filter((file) => !followers.includes(file))).toEqual([])
})

describe('a provider is one folder', () => {
  const providers = ['thalassa', 'exoscale']
  const providerOf = (file: string) => providers.find((id) => file.includes(`/${id}/`))
  const production = files.filter((file) => file.startsWith('server/') && !isTest(file))

  test('only provider folders and registries of the server name a provider', () => {
    const names = new RegExp(providers.join('|'), 'i')
    const elsewhere = production.filter((file) => providerOf(file) === undefined && !file.endsWith('/registry.ts'))
    expect(elsewhere.filter((file) => names.test(readFileSync(file, 'utf8')))).toEqual([])
  })

  test('no provider imports from another one', () => {
    const foreign = (file: string) =>
      importsOf(file).filter((specifier) => {
        const other = providerOf(posix.join(dirname(file), specifier))
        return other !== undefined && other !== providerOf(file)
      })
    expect(production.filter((file) => providerOf(file) !== undefined && foreign(file).length > 0)).toEqual([])
  })
})
