/** A Go string: JSON's escapes are Go's. */
export const goString = (text: string): string => JSON.stringify(text)

const isOneLine = (member: readonly [name: string, value: string] | undefined) =>
  member !== undefined && !member[1].includes('\n')

/** Values of members that follow each other are aligned, as gofmt does; one over several lines stands alone. */
function widthAt(members: readonly (readonly [name: string, value: string])[], place: number): number {
  if (!isOneLine(members[place])) return 0
  let first = place
  while (isOneLine(members[first - 1])) first -= 1
  let end = place + 1
  while (isOneLine(members[end])) end += 1
  return Math.max(...members.slice(first, end).map(([name]) => name.length)) + 1
}

/** A composite literal: on one line with up to one member, else one member a line with the values aligned, as gofmt does. */
export function goStruct(type: string, members: readonly (readonly [name: string, value: string])[]): string {
  const [first] = members
  if (!first) return `${type}{}`
  if (members.length === 1) return `${type}{${first[0]}: ${first[1]}}`
  return [
    `${type}{`,
    ...members.map(
      ([name, value], place) => `\t${`${name}:`.padEnd(widthAt(members, place))} ${value.replaceAll('\n', '\n\t')},`,
    ),
    '}',
  ].join('\n')
}
