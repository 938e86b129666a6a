import { nameWidth } from './align-names.ts'
import { stringLiteral } from './string-literal.ts'

export const goString = stringLiteral

export interface GoImport {
  readonly path: string
  /** Where the package is called other than its path ends. */
  readonly name?: string
}

/** A composite literal: on one line with up to one member, else one member a line with the values aligned, as gofmt does. */
export function goStruct(type: string, members: readonly (readonly [name: string, value: string])[]): string {
  const [first] = members
  if (!first) return `${type}{}`
  if (members.length === 1) return `${type}{${first[0]}: ${first[1]}}`
  return [
    `${type}{`,
    ...members.map(
      ([name, value], place) =>
        `\t${`${name}:`.padEnd(nameWidth(members, place) + 1)} ${value.replaceAll('\n', '\n\t')},`,
    ),
    '}',
  ].join('\n')
}

const standardPackages = ['cmp', 'context', 'encoding/base64', 'fmt', 'log', 'os']

const literals = /"(?:[^"\\]|\\.)*"|`[^`]*`/g

/** A whole program of statements, as gofmt leaves it. `must` ends it at the first error; only what is used is imported. */
export function goProgram(imports: readonly GoImport[], statements: readonly string[]): string {
  const code = statements.join('\n').replace(literals, '""')
  const isUsed = (name: string) => name === 'log' || new RegExp(`\\b${name}\\.`).test(code)
  const standard = standardPackages.filter((path) => isUsed(path.split('/').at(-1) ?? path))
  const others = imports.filter(({ path, name }) => isUsed(name ?? path.split('/').at(-1) ?? path))
  return [
    'package main',
    '',
    'import (',
    ...standard.map((path) => `\t"${path}"`),
    '',
    ...others.map(({ path, name }) => `\t${name === undefined ? '' : `${name} `}"${path}"`),
    ')',
    '',
    'func must[T any](value T, err error) T {',
    '\tif err != nil {',
    '\t\tlog.Fatal(err)',
    '\t}',
    '\treturn value',
    '}',
    '',
    'func main() {',
    ...statements.map((statement) => statement.replace(/^(?=.)/gm, '\t')),
    '}',
  ].join('\n')
}
