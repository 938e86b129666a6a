import { formatNumber } from '../../../lib/numbers.ts'
import { Code } from '../../../ui/Code.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { CloudMark } from '../../shared/CloudMark.tsx'
import type { AttemptResult, BlockedCandidate, Candidate } from './find-key.ts'

interface FindKeyRowsProps {
  readonly candidates: readonly Candidate[]
  readonly blocked: readonly BlockedCandidate[]
  /** By the id of the candidate. */
  readonly results: ReadonlyMap<string, AttemptResult>
  /** Whether the key was found, so that the others are not tried. */
  readonly found: boolean
}

/** Rows that are shown: more would bury the answer. */
const MAX_ROWS = 12

interface ResultProps {
  readonly result: AttemptResult | undefined
  readonly unlikely: boolean
  readonly found: boolean
}

function Result({ result, unlikely, found }: ResultProps) {
  if (result === undefined && found) return <span className="text-fg-subtle">Not tried</span>
  if (result === undefined)
    return <span className="text-fg-subtle">{unlikely ? 'Length does not fit; tried last' : 'Not tried yet'}</span>
  if (result.state === 'decrypted') return <StatusDot>Decrypts it</StatusDot>
  if (result.state === 'wrong-key') return <StatusDot state="off">Does not decrypt it</StatusDot>
  return <span className="text-warning-fg">Refused: {result.message}</span>
}

/** Order of rows: the key that decrypts, then refused calls, then the order of trying. */
const rank = (result: AttemptResult | undefined) =>
  result?.state === 'decrypted' ? 0 : result?.state === 'refused' ? 1 : 2

/** Keys that may have made the ciphertext, each with the result of its call. */
export function FindKeyRows({ candidates, blocked, results, found }: FindKeyRowsProps) {
  const rows = [
    ...candidates
      .toSorted((a, b) => rank(results.get(a.id)) - rank(results.get(b.id)))
      .map(({ id, key, unlikely }) => ({
        id,
        key,
        state: <Result result={results.get(id)} unlikely={unlikely} found={found} />,
      })),
    ...blocked.map(({ id, key, refusal }) => ({
      id,
      key,
      state: <span className="text-fg-muted">Not tried. {refusal}</span>,
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
          {rows.slice(0, MAX_ROWS).map(({ id, key: { name, cloud, location }, state }) => (
            <tr key={id}>
              <td>
                <span className="flex min-w-0 items-center gap-2 max-sm:flex-wrap max-sm:gap-y-0">
                  <CloudMark cloud={cloud} alone />
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
      {rows.length > MAX_ROWS && (
        <p className="border-line border-t px-3.5 py-2 text-fg-subtle text-xs">
          And {formatNumber(rows.length - MAX_ROWS)} more.
        </p>
      )}
    </div>
  )
}
