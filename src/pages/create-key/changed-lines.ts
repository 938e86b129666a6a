import type { Snippet } from '../../clouds/cloud.ts'

/** A following comma or continuation, and the width of a column, go with the neighbours: no change of the line itself. */
const bare = (line: string) =>
  line
    .replace(/(?:,| \\)$/, '')
    .trim()
    .replace(/ {2,}/g, ' ')

/** Numbers, from 1, of the lines of a text that its earlier version did not have. */
export function changedLines(before: string, after: string): readonly number[] {
  const left = before.split('\n').map(bare)
  return after.split('\n').flatMap((line, index) => {
    const at = left.indexOf(bare(line))
    if (at < 0) return [index + 1]
    left.splice(at, 1)
    return []
  })
}

/** Snippets with the lines that the last choice changed. */
export const markChanges = (before: readonly Snippet[], after: readonly Snippet[]) =>
  after.map((snippet) => {
    const earlier = before.find(({ label }) => label === snippet.label)
    return { id: snippet.label, ...snippet, marked: earlier ? changedLines(earlier.code, snippet.code) : [] }
  })
