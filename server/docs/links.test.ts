/** Links between pages, and references to files and messages of this repository. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { anchorsOf, linksOf, type Page, pages } from './testing/pages.ts'

const pageOf = (file: string) => pages.find((page) => page.file === file)

function brokenLinksOf(page: Page): readonly string[] {
  return linksOf(page)
    .filter((link) => !/^(?:https?|mailto):/.test(link))
    .filter((link) => {
      const [path = '', anchor] = decodeURI(link).split('#')
      const target = path === '' ? page.file : posix.normalize(posix.join(dirname(page.file), path))
      if (!existsSync(target)) return true
      const targetPage = pageOf(target)
      return anchor !== undefined && (targetPage === undefined || !anchorsOf(targetPage).has(anchor))
    })
    .map((link) => `${page.file}: ${link}`)
}

test('pages and links are found', () => {
  expect(pages.length).toBeGreaterThan(10)
  expect(pages.flatMap(linksOf).length).toBeGreaterThan(60)
})

test('every relative link leads to a file and an anchor that exist', () => {
  expect(pages.flatMap(brokenLinksOf)).toEqual([])
})

test('every page of docs is linked from the README', () => {
  const readme = pages.filter(({ file }) => file === 'README.md').flatMap(linksOf)
  const notLinked = pages.filter(
    ({ file }) => file.startsWith('docs/') && !readme.some((link) => link.startsWith(file)),
  )
  expect(notLinked.map(({ file }) => file)).toEqual([])
})

test('anchors are unique in their page', () => {
  const repeated = pages.flatMap((page) =>
    [...page.prose.matchAll(/<a id="([^"]+)">/g)]
      .map(([, id = '']) => id)
      .filter((id, index, ids) => ids.indexOf(id) !== index)
      .map((id) => `${page.file}#${id}`),
  )
  expect(repeated).toEqual([])
})

const reference = pageOf('docs/local-kms-reference.md')?.text ?? ''
const clouds = ['thalassa', 'exoscale'] as const

test.each(clouds)('the reference of %s names tests that exist', (cloud) => {
  const section = reference.split(/^## /m).find((part) => part.toLowerCase().startsWith(cloud)) ?? ''
  // The column before the last.
  const cells = section
    .split('\n\n')
    .filter((part) => part.includes('| tests |'))
    .flatMap((table) => [...table.matchAll(/\|([^|]*)\|[^|]*\|$/gm)].map(([, cell = '']) => cell))
  const named = cells.flatMap((cell) => [...cell.matchAll(/`([\w./-]+)`/g)].map(([, name = '']) => name))
  expect(named.length).toBeGreaterThan(15)
  const folder = `server/kms/${cloud}`
  expect(named.filter((name) => !existsSync(`${folder}/${name}.test.ts`))).toEqual([])
})

describe('each defence of the security model', () => {
  const text = pageOf('docs/security.md')?.text ?? ''
  const defences = /^## Threats and defences$(.*?)^## /ms.exec(text)?.[1]?.match(/^\|.*\|$/gm) ?? []
  const rows = defences.filter((row) => !/^\| (?:asset|---) /.test(row))

  /** Each as file and beginning of a title; a title without a file is of the file before it. */
  function testsOf(row: string): (readonly [file: string, title: string])[] {
    let file = ''
    return (row.split(' | ').at(-1)?.replace(/ \|$/, '').split('; ') ?? []).map((one) => {
      const [, named, title = ''] = /^(?:`([^`]+)` )?› (.+)$/.exec(one) ?? []
      file = named ?? file
      return [file, title]
    })
  }

  test('is found', () => {
    expect(rows.length).toBeGreaterThan(30)
  })

  test('names tests that exist', () => {
    const missing = rows.flatMap(testsOf).filter(([file, title]) => {
      if (title === '' || !existsSync(file)) return true
      return !readFileSync(file, 'utf8').includes(title)
    })
    expect(missing).toEqual([])
  })
})

test('every path of a source or test file that a page names exists', () => {
  const named = pages.flatMap(({ file, prose }) =>
    [...prose.matchAll(/`((?:src|server|e2e|tools|bench|examples)\/[\w./-]+\.\w+)`/g)].map(([, path = '']) => ({
      file,
      path,
    })),
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter(({ path }) => !existsSync(path))).toEqual([])
})

test('every variable of .env.example is described in a page', () => {
  const variables = [...readFileSync('.env.example', 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(
    ([, name = '']) => name,
  )
  expect(variables.length).toBeGreaterThan(15)
  const described = ['docs/connecting.md', 'docs/deploying.md', 'docs/team.md', 'docs/local-kms-reference.md']
    .map((file) => pageOf(file)?.prose)
    .join('\n')
  expect(variables.filter((name) => !new RegExp(`^\\|[^|]*\`${name}\`[^|]*\\|`, 'm').test(described))).toEqual([])
})

/** Text of string literals, with `${…}` and `' + … + '` between the fixed parts. */
const sources = globSync(['server/**/*.ts', 'src/**/*.{ts,tsx}', 'tools/*.{cjs,ts}'])
  .filter((file) => !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n')

test('every quoted message in troubleshooting is a message of the program', () => {
  const rows = pageOf('docs/troubleshooting.md')?.text.matchAll(/^\|(.*)\|$/gm) ?? []
  const messages = [...rows]
    .flatMap(([, row = '']) => row.split('|').slice(0, 2))
    .flatMap((cell) => [...cell.matchAll(/`([^`]+ [^`]+)`/g)].map(([, message = '']) => message))
  expect(messages.length).toBeGreaterThan(20)
  const fragments = messages
    .flatMap((message) => message.split('…'))
    .map((fragment) => fragment.replace(/^[\s:]+|[\s.]+$/g, ''))
  expect(fragments.filter((fragment) => !sources.includes(fragment))).toEqual([])
})
