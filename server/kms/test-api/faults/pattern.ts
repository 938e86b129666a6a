/** Path patterns: `*` matches any text without a slash, `**` any text. Time grows with the lengths only. */

/** Characters; longer texts match no pattern. */
const LONGEST_TEXT = 2048

const WILDCARD = /\*\*|\*|[^*]/gs

/** Positions in the pattern that are reached without a further character: a wildcard may match the empty text. */
function withSkipped(position: number, tokens: readonly string[], into: Set<number>): void {
  let at = position
  into.add(at)
  while (tokens[at] === '*' || tokens[at] === '**') into.add(++at)
}

function step(positions: ReadonlySet<number>, tokens: readonly string[], character: string): Set<number> {
  const next = new Set<number>()
  for (const at of positions) {
    const token = tokens[at]
    if (token === '**' || (token === '*' && character !== '/')) withSkipped(at, tokens, next)
    else if (token === character) withSkipped(at + 1, tokens, next)
  }
  return next
}

/** Whether a pattern matches the whole text, by UTF-16 code units. */
export function compilePattern(pattern: string): (text: string) => boolean {
  const tokens = pattern.match(WILDCARD) ?? []
  return (text) => {
    if (text.length > LONGEST_TEXT) return false
    let positions = new Set<number>()
    withSkipped(0, tokens, positions)
    for (const character of text.split('')) {
      positions = step(positions, tokens, character)
      if (positions.size === 0) return false
    }
    return positions.has(tokens.length)
  }
}
