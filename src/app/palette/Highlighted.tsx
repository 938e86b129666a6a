interface HighlightedProps {
  text: string
  /** In lower case. */
  terms: readonly string[]
}

const escaped = (word: string) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** Text with the search terms highlighted. */
export function Highlighted({ text, terms }: HighlightedProps) {
  if (terms.length === 0) return text
  const longestFirst = terms.toSorted((a, b) => b.length - a.length).map(escaped)
  let at = 0
  // Every second part is a captured term.
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
