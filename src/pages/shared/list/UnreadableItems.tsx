import { TriangleAlert } from 'lucide-react'
import type { Unreadable } from '../../../clouds/answer.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { Icon } from '../../../ui/Icon.tsx'
import { searchTerms } from './list-view.ts'
import type { UnreadableItem } from './unreadable.ts'

/** Only the search hides them: what the filters ask for may be what can't be read. */
const found = ({ id, name }: UnreadableItem, terms: readonly string[]) => {
  const text = `${name ?? ''} ${id ?? ''}`.toLowerCase()
  return text === ' ' || terms.every((term) => text.includes(term))
}

export const UnreadableText = ({ item: { id, name, reason }, noun }: { item: Unreadable; noun: string }) => (
  <>
    <b className="font-medium text-fg">{name ?? id ?? `One ${noun}`}</b>
    {name === undefined || id === undefined || id === name ? null : <span className="mono-xs"> {id}</span>} can’t be
    read: {reason}
  </>
)

interface UnreadableItemsProps {
  readonly items: readonly UnreadableItem[]
  readonly noun: string
  readonly search: string
}

/** Rows for items that can't be read, each with its reason; all others are in the list. */
export function UnreadableItems({ items, noun, search }: UnreadableItemsProps) {
  const terms = searchTerms(search)
  const shown = items.filter((item) => found(item, terms))
  if (shown.length === 0) return null
  return (
    <ul aria-label={`What can’t be read of the ${noun}s`} className="border-line border-t">
      {shown.map((item, place) => (
        <li
          key={`${item.cloud} ${item.location} ${item.id ?? place}`}
          className="flex min-h-(--row) items-center gap-2 border-line border-b px-(--gutter) py-2 text-fg-muted last:border-b-0"
        >
          <Icon of={TriangleAlert} className="flex-none text-warning-fg" />
          <span className="min-w-0 [overflow-wrap:anywhere]">
            <UnreadableText item={item} noun={noun} />{' '}
            <span className="text-fg-subtle">
              {[cloudOf(item.cloud).name, item.location].filter(Boolean).join(', ')}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
