type Member = readonly [name: string, value: string]

const isOneLine = (member: Member | undefined) => member !== undefined && !member[1].includes('\n')

/** How wide a member's name stands, as formatters have it: like its neighbours on one line; over several lines, alone. */
export function nameWidth(members: readonly Member[], index: number): number {
  if (!isOneLine(members[index])) return 0
  let first = index
  while (isOneLine(members[first - 1])) first -= 1
  let end = index + 1
  while (isOneLine(members[end])) end += 1
  return Math.max(...members.slice(first, end).map(([name]) => name.length))
}
