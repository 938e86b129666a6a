import { formatNumber } from '../../../lib/numbers.ts'
import type { RefusedGroup } from './bulk-plan.ts'

/** Names that are told; the others are a number. */
const NAMED = 3

function named({ keys }: RefusedGroup): string {
  const names = keys.slice(0, NAMED).map(({ name, location, traits }) =>
    // A key and its replica have the same name.
    traits.includes('replica') ? `${name} in ${location}` : name,
  )
  const more = keys.length - names.length
  return more === 0 ? names.join(', ') : `${names.join(', ')} and ${formatNumber(more)} more`
}

/** Which of the chosen keys are left out, and why. */
export function RefusedGroups({ groups, total }: { groups: readonly RefusedGroup[]; total: number }) {
  const out = groups.reduce((sum, { keys }) => sum + keys.length, 0)
  if (out === 0) return null
  return (
    <section aria-label="Left out" className="grid gap-2 rounded-md border border-line bg-sunken px-3 py-2.5">
      <p className="font-medium text-sm">
        {formatNumber(out)} of {formatNumber(total)} {out === 1 ? 'is' : 'are'} left out:
      </p>
      <ul className="grid gap-2 text-sm">
        {groups.map((group) => (
          <li key={group.reason} className="grid grid-cols-[2.5rem_minmax(0,1fr)]">
            <span className="text-fg-muted tabular-nums">{formatNumber(group.keys.length)}</span>
            <span className="min-w-0">
              {group.reason}
              <span className="block text-fg-muted text-xs [overflow-wrap:anywhere]">{named(group)}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
