import type { Snippet } from '../../clouds/snippet.ts'

/** Line without trailing comma, continuation and alignment, which depend on its neighbours. */
const bare = (line: string) =>
  line
    .replace(/(?:,| \\)$/, '')
    .trim()
    .replace(/ {2,}/g, ' ')

/** Numbers, from 1, of the lines that the earlier text does not have. */
export function changedLines(before: string, after: string): readonly number[] {
  const left = before.split('\n').map(bare)
  return after.split('\n').flatMap((line, index) => {
    const at = left.indexOf(bare(line))
    if (at < 0) return [index + 1]
    left.splice(at, 1)
    return []
  })
}

/** Snippets with the numbers of the lines that the last choice changed. */
export const markChanges = (before: readonly Snippet[], after: readonly Snippet[]) =>
  after.map((snippet) => {
    const earlier = before.find(({ label }) => label === snippet.label)
    return { id: snippet.label, ...snippet, marked: earlier ? changedLines(earlier.code, snippet.code) : [] }
  })
