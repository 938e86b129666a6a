import { stringLiteral } from './string-literal.ts'

/** A function returns an expression that is written unquoted. */
export type PythonValue =
  | string
  | number
  | boolean
  | readonly PythonValue[]
  | { readonly [name: string]: PythonValue }
  | (() => string)

export const pythonString = stringLiteral

function pythonValue(value: PythonValue): string {
  if (typeof value === 'string') return pythonString(value)
  if (typeof value === 'function') return value()
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  if (Array.isArray(value)) return `[${value.map(pythonValue).join(', ')}]`
  return `{${Object.entries(value)
    .map(([name, member]) => `${pythonString(name)}: ${pythonValue(member)}`)
    .join(', ')}}`
}

/** Line width of common Python formatters. */
const WIDTH = 88

/** Function call with keyword arguments: on one line when it fits, else one argument per line. */
export function pythonCall(name: string, members: readonly (readonly [name: string, value: PythonValue])[]): string {
  const words = members.map(([word, value]) => `${word}=${pythonValue(value)}`)
  const line = `${name}(${words.join(', ')})`
  return line.length <= WIDTH ? line : [`${name}(`, ...words.map((word) => `    ${word},`), ')'].join('\n')
}
