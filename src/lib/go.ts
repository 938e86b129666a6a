/** A Go string: JSON's escapes are Go's. */
export const goString = (text: string): string => JSON.stringify(text)

/** A composite literal: on one line with up to one member, else one member a line with the values aligned, as gofmt does. */
export function goStruct(type: string, members: readonly (readonly [name: string, value: string])[]): string {
  const [first] = members
  if (!first) return `${type}{}`
  if (members.length === 1) return `${type}{${first[0]}: ${first[1]}}`
  const width = Math.max(...members.map(([name]) => name.length)) + 1
  return [`${type}{`, ...members.map(([name, value]) => `\t${`${name}:`.padEnd(width)} ${value},`), '}'].join('\n')
}
