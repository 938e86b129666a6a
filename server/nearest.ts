/** Edit distance of `a` and `b`: letters to add, drop, change or swap with their neighbour. */
const distance = (a: string, b: string): number => {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i += 1) {
    const above = rows[i - 1] ?? []
    const row = [i]
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      row.push(
        Math.min(
          (above[j] ?? 0) + 1,
          (row[j - 1] ?? 0) + 1,
          (above[j - 1] ?? 0) + (same ? 0 : 1),
          swapped ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
        ),
      )
    }
    rows.push(row)
  }
  return rows[a.length]?.[b.length] ?? 0
}

/** Most similar known word; undefined if none is similar. Case is ignored. */
export const nearest = (word: string, known: readonly string[]): string | undefined => {
  const [best] = known
    .map((name) => ({ name, apart: distance(word.toLowerCase(), name.toLowerCase()) }))
    .sort((one, other) => one.apart - other.apart)
  // A third of the letters: beyond that, two names share only their prefix.
  return best && best.apart <= Math.max(2, word.length / 3) ? best.name : undefined
}
