interface HighlightedProps {
  text: string
  /** In lower case. */
  words: readonly string[]
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** A text with what was searched for marked. */
export function Highlighted({ text, words }: HighlightedProps) {
  if (words.length === 0) return text
  const longestFirst = words.toSorted((a, b) => b.length - a.length).map(escaped)
  let at = 0
  // Every second piece is what was caught.
  return text.split(new RegExp(`(${longestFirst.join('|')})`, 'i')).map((piece, place) => {
    at += piece.length
    return place % 2 === 1 ? (
      <mark key={at} className="bg-transparent font-semibold text-accent-fg">
        {piece}
      </mark>
    ) : (
      <span key={`${at} plain`}>{piece}</span>
    )
  })
}
