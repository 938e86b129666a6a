import { formatNumber } from '../../../lib/numbers.ts'
import { Code } from '../../../ui/Code.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { CloudMark } from '../../shared/CloudMark.tsx'
import type { AttemptResult, BlockedCandidate, Candidate } from './find-key.ts'

interface FindKeyRowsProps {
  readonly tries: readonly Candidate[]
  readonly refused: readonly BlockedCandidate[]
  readonly ends: ReadonlyMap<string, AttemptResult>
  /** The key was found, so the rest is not needed. */
  readonly over: boolean
}

/** More would bury the answer. */
const SHOWN = 12

function State({ end, unlikely, over }: { end: AttemptResult | undefined; unlikely: boolean; over: boolean }) {
  if (end === undefined && over) return <span className="text-fg-subtle">Not needed</span>
  if (end === undefined)
    return <span className="text-fg-subtle">{unlikely ? 'Not by its length; tried last' : 'Could have made it'}</span>
  if (end.state === 'opened') return <StatusDot>Opens it</StatusDot>
  if (end.state === 'closed') return <StatusDot state="off">Does not open it</StatusDot>
  return <span className="text-warning-fg">Could not be tried: {end.why}</span>
}

/** What says something comes first: the one that opens, what could not be tried; then the order of trying. */
const weight = (end: AttemptResult | undefined) => (end?.state === 'opened' ? 0 : end?.state === 'untried' ? 1 : 2)

/** The keys that may have made it, and what came of each. */
export function FindKeyRows({ tries, refused, ends, over }: FindKeyRowsProps) {
  const rows = [
    ...tries
      .toSorted((a, b) => weight(ends.get(a.id)) - weight(ends.get(b.id)))
      .map(({ id, key, unlikely }) => ({
        id,
        key,
        state: <State end={ends.get(id)} unlikely={unlikely} over={over} />,
      })),
    ...refused.map(({ id, key, why }) => ({
      id,
      key,
      state: <span className="text-fg-muted">Can’t be tried. {why}</span>,
    })),
  ]
  if (rows.length === 0) return null
  return (
    <div className="inner text-sm">
      <table className="data-table text-sm">
        <thead>
          <tr>
            <th scope="col">Key</th>
            <th scope="col">State</th>
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, SHOWN).map(({ id, key: { name, cloud, location }, state }) => (
            <tr key={id}>
              <td>
                <span className="flex min-w-0 items-center gap-2 max-sm:flex-wrap max-sm:gap-y-0">
                  <CloudMark cloud={cloud} />
                  <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
                  <span className="text-fg-subtle">
                    <Code>{location}</Code>
                  </span>
                </span>
              </td>
              <td className="whitespace-normal py-1.5">{state}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > SHOWN && (
        <p className="border-line border-t px-3.5 py-2 text-fg-subtle text-xs">
          And {formatNumber(rows.length - SHOWN)} more.
        </p>
      )}
    </div>
  )
}
