/** Words and length of every text of the interface, the server and the docs, against the table in `docs/development.md`. */
import { globSync, readFileSync } from 'node:fs'
import { parseSync } from 'oxc-parser'
import { expect, test } from 'vitest'

/** Longest text of one paragraph, message, label or hint, in characters. */
const MAX_LENGTH = 160
/** Stands for a value that is filled in when the text is shown. */
const FILLED_IN = '▯'.repeat(8)

/** Tests, samples of the design page, and code or file contents that the console shows are no texts of the interface. */
const withoutTexts =
  /\.test\.tsx?$|\/testing\/|\/design\/|\/(snippets[^/]*|code|wrap-commands|wrap-code|env-snippets|bulk-code|code-operations)\.ts$/

/** Attributes and members whose strings are not shown as text. */
const hiddenNames =
  /^(className|d|viewBox|style|id|key|to|href|src|type|pattern|accept|rel|transform|.*([cC]lass(es|Names?)?|Styles?))$/
const hiddenCalls = /^(clsx|classes|matchMedia|querySelector(All)?|closest|matches|RegExp|TypeError|RangeError)$/
const inlineElements = /^(a|abbr|b|br|code|em|i|kbd|span|strong|time|.*(Link|Code|Kbd|Time|Name|Text))$/

interface Node {
  readonly type: string
  readonly start: number
  readonly [member: string]: unknown
}

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [])
const nameOf = (value: unknown): string => (isNode(value) && typeof value.name === 'string' ? value.name : '')

/** A string or template as text; undefined for any other expression. */
function stringOf(node: unknown): string | undefined {
  if (!isNode(node)) return undefined
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node.type === 'TemplateLiteral')
    return nodesIn(node.quasis)
      .map(({ value }) => (typeof value === 'object' && value && 'cooked' in value ? String(value.cooked) : ''))
      .join(FILLED_IN)
  return undefined
}

/** Children of an element as paragraphs: inline elements are part of the text around them. */
function paragraphsOf(element: Node): string[] {
  const paragraphs = ['']
  const add = (text: string) => paragraphs.push((paragraphs.pop() ?? '') + text)
  for (const child of nodesIn(element.children)) {
    if (child.type === 'JSXText') add(String(child.value))
    else if (child.type === 'JSXExpressionContainer') add(stringOf(child.expression) ?? FILLED_IN)
    else if (child.type === 'JSXElement') {
      const inline = isNode(child.openingElement) && inlineElements.test(nameOf(child.openingElement.name))
      if (inline) add(paragraphsOf(child).join(' '))
      else paragraphs.push('')
    }
  }
  return paragraphs.map((text) => text.replace(/\s+/g, ' ').trim())
}

/** Texts below a node, with the offset of each. */
function textsBelow(node: Node, found: [text: string, start: number][] = []) {
  const { type } = node
  if (/^(Import|Export(All|Named)|TS(Literal|Type|Interface))/.test(type) && type !== 'ExportNamedDeclaration')
    return found
  if (type === 'JSXAttribute' && hiddenNames.test(nameOf(node.name))) return found
  if (type === 'Property' && hiddenNames.test(nameOf(node.key))) return found
  if (type === 'VariableDeclarator' && hiddenNames.test(nameOf(node.id))) return found
  if (/^(Call|New)Expression$/.test(type)) {
    const callee = isNode(node.callee) && node.callee.type === 'MemberExpression' ? node.callee.property : node.callee
    if (hiddenCalls.test(nameOf(callee))) return found
  }
  if (type === 'JSXElement' || type === 'JSXFragment')
    for (const text of paragraphsOf(node)) found.push([text, node.start])
  const text = stringOf(node)
  if (text !== undefined) found.push([text, node.start])
  for (const [member, value] of Object.entries(node))
    if (member !== 'parent' && !(type === 'Property' && member === 'key'))
      for (const child of nodesIn(value)) textsBelow(child, found)
  return found
}

/** Lower-case words with hyphens, brackets or colons are classes of the style sheet. */
const isClasses = (text: string) =>
  text.split(' ').every((word) => /^[a-z0-9!@*[\]()/:.%#,_&>+='"-]+$/.test(word)) && /[-:[]/.test(text)
const isText = (text: string) =>
  /\p{L}{2}/u.test(text) && (/\s/.test(text) || /^[A-Z][a-z]/.test(text)) && !isClasses(text)

/** Texts in the code of some files, with their place. */
const textsOf = (pattern: string) =>
  globSync(pattern)
    .filter((file) => !withoutTexts.test(file))
    .flatMap((file) => {
      const source = readFileSync(file, 'utf8')
      const program: unknown = parseSync(file, source).program
      return nodesIn(program)
        .flatMap((node) => textsBelow(node))
        .filter(([text]) => isText(text))
        .map(([text, start]) => ({ text, at: `${file}:${source.slice(0, start).split('\n').length}` }))
    })

const texts = textsOf('src/**/*.{ts,tsx}')
const serverTexts = textsOf('server/**/*.ts')

/** Lines of prose of a page of the docs: neither code nor the table of words itself. */
const proseOf = (file: string) =>
  readFileSync(file, 'utf8')
    .replace(/^```.*?^```/gms, (block) => block.replace(/[^\n]/g, ''))
    .replace(/^### Words of the interface$.*/ms, '')
    .split('\n')
    .map((line, at) => ({ text: line.replace(/`[^`]*`/g, ''), at: `${file}:${at + 1}` }))

const prose = ['README.md', '.env.example', ...globSync('docs/*.md')].flatMap(proseOf)

/** Last column of the table “Words of the interface”. */
const notUsed = readFileSync('docs/development.md', 'utf8')
  .split('### Words of the interface')[1]
  ?.split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| word') && !line.startsWith('| ---'))
  .flatMap((line) => (line.split('|')[3] ?? '').split(','))
  .map((word) => word.trim())
  .filter((word) => word !== '')

test('the scan reads the texts of the screens', () => {
  expect(texts.length).toBeGreaterThan(2000)
  expect(notUsed?.length).toBeGreaterThan(15)
})

test('no text is longer than two lines', () => {
  expect(texts.filter(({ text }) => text.length > MAX_LENGTH).map(({ at, text }) => `${at}: ${text}`)).toEqual([])
})

// A word in capitals is a label; in lower case it counts inside sentences too.
const patterns = (notUsed ?? []).map(
  (word) => new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, word === word.toLowerCase() ? 'iu' : 'u'),
)
const breaking = (all: readonly { readonly text: string; readonly at: string }[]) =>
  all.filter(({ text }) => patterns.some((pattern) => pattern.test(text))).map(({ at, text }) => `${at}: ${text}`)

test.each([
  ['screens', texts],
  ['server', serverTexts],
  ['docs', prose],
])('each thing has one word: no word of the list of words that are not used, in the %s', (_, all) => {
  expect(all.length).toBeGreaterThan(500)
  expect(breaking(all)).toEqual([])
})
