import { nameWidth } from './align-names.ts'
import { stringLiteral } from './string-literal.ts'

/** A function returns an expression that is written unquoted. */
export type HclValue = string | number | boolean | Readonly<Record<string, string>> | (() => string)

/** A quoted HCL string, with the template markers doubled so that they stay text. */
const hclString = (text: string) => stringLiteral(text).replace(/[$%](?=\{)/g, (sign) => sign + sign)

/** One assignment a line, with the equals signs aligned as `terraform fmt` does. */
const assignments = (members: readonly (readonly [name: string, value: string])[]) =>
  members
    .map(([name, value], place) => `  ${name.padEnd(nameWidth(members, place))} = ${value.replaceAll('\n', '\n  ')}`)
    .join('\n')

function hclValue(value: HclValue): string {
  if (typeof value === 'string') return hclString(value)
  if (typeof value === 'function') return value()
  if (typeof value !== 'object') return String(value)
  return `{\n${assignments(Object.entries(value).map(([name, text]) => [hclString(name), hclString(text)]))}\n}`
}

/** Data of any depth. */
export type HclData = string | number | boolean | readonly HclData[] | { readonly [name: string]: HclData }

/** An expression for data: a list has one entry a line. */
export function hclData(data: HclData): string {
  if (typeof data === 'string') return hclString(data)
  if (typeof data !== 'object') return String(data)
  if (Array.isArray(data)) {
    const entries = data.map((entry) => `  ${hclData(entry).replaceAll('\n', '\n  ')},\n`)
    return entries.length === 0 ? '[]' : `[\n${entries.join('')}]`
  }
  const members = Object.entries(data).map(
    ([name, value]) => [/^[A-Za-z_]\w*$/.test(name) ? name : hclString(name), hclData(value)] as const,
  )
  return members.length === 0 ? '{}' : `{\n${assignments(members)}\n}`
}

/** A block such as `resource "type" "name" { … }`. */
export function hclBlock(
  [keyword, ...labels]: readonly [string, ...string[]],
  members: Record<string, HclValue>,
): string {
  const lines = assignments(Object.entries(members).map(([name, value]) => [name, hclValue(value)]))
  return `${[keyword, ...labels.map(hclString)].join(' ')} {\n${lines}\n}`
}

/** Block without which Terraform looks for a provider of that name among HashiCorp's own. */
export const requiredProvider = (name: string, source: string): string =>
  [
    'terraform {',
    '  required_providers {',
    `    ${name} = {`,
    `      source = ${hclString(source)}`,
    '    }',
    '  }',
    '}',
  ].join('\n')

/** A name of a resource made of any text: letters, digits and underscores, not starting with a digit. */
export const hclIdentifier = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .replace(/^(?=\d)/, 'key_') || 'key'
