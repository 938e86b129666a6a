/** Path patterns: `*` stands for anything without a slash, `**` for anything at all. Time grows with the lengths only. */

/** Longer texts fit no pattern. */
const LONGEST_TEXT = 2048

const WILDCARD = /\*\*|\*|[^*]/gs

/** Positions in the pattern that can be reached without a further character: a wildcard may stand for nothing. */
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

/** Whether all of a text fits the pattern, by characters (UTF-16). */
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
