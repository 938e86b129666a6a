/** A function gives an expression, which is written as it is. */
export type PythonValue = string | number | boolean | { readonly [name: string]: PythonValue } | (() => string)

/** A Python string: JSON's escapes are Python's. */
export const pythonString = (text: string): string => JSON.stringify(text)

function pythonValue(value: PythonValue): string {
  if (typeof value === 'string') return pythonString(value)
  if (typeof value === 'function') return value()
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return String(value)
  return `{${Object.entries(value)
    .map(([name, member]) => `${pythonString(name)}: ${pythonValue(member)}`)
    .join(', ')}}`
}

/** As many characters as a line of Python commonly has. */
const WIDTH = 88

/** A call with keyword arguments: on one line where it fits, else one argument a line. */
export function pythonCall(name: string, members: readonly (readonly [name: string, value: PythonValue])[]): string {
  const words = members.map(([word, value]) => `${word}=${pythonValue(value)}`)
  const line = `${name}(${words.join(', ')})`
  return line.length <= WIDTH ? line : [`${name}(`, ...words.map((word) => `    ${word},`), ')'].join('\n')
}
