import { CircleCheck } from 'lucide-react'
import { detailsOf } from '../../clouds/errors.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { capitalize } from '../../lib/capitalize.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Code } from '../../ui/Code.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import {
  formatClockDifference,
  formatMilliseconds,
  type LocationResult,
  type ProbeResult,
  type Report,
  type Verdict,
  verdictOf,
} from './report.ts'

/** Only failures have a fill. */
function VerdictLine({ of: { tone, title, text, meta } }: { of: Verdict }) {
  if (tone !== 'ok')
    return (
      <Banner tone={tone} title={title} meta={meta}>
        {text}
      </Banner>
    )
  return (
    <p className="flex items-start gap-2">
      <Icon of={CircleCheck} className="mt-0.5 text-ok-fg" />
      <span className="min-w-0 text-fg-muted">
        <b className="font-semibold text-fg">{title}</b> {text}
      </span>
    </p>
  )
}

const locationStates = {
  answers: { state: 'on', word: 'Answers' },
  failed: { state: 'failed', word: 'Failed' },
  closed: { state: 'off', word: 'No KMS' },
} as const

function LocationRow({ of: { location, state, latency, error } }: { of: LocationResult }) {
  const look = locationStates[state]
  return (
    <tr>
      <th scope="row">
        <Code>{location.id}</Code>
      </th>
      <td className="whitespace-normal! py-1.5">
        <StatusDot state={look.state}>{look.word}</StatusDot>
        {state === 'failed' ? <div className="text-fg-muted text-xs">{detailsOf(error).message}</div> : null}
      </td>
      <td className="r">{latency === undefined ? '–' : formatMilliseconds(latency)}</td>
    </tr>
  )
}

const probeStates = {
  allowed: { state: 'on', word: 'Allowed' },
  refused: { state: 'failed', word: 'Refused' },
  failed: { state: 'failed', word: 'Failed' },
  unclear: { state: 'unknown', word: 'Unclear' },
  untested: { state: 'off', word: 'Not tested' },
} as const

function ProbeRow({ of: { label, permission, state, description: says } }: { of: ProbeResult }) {
  const look = probeStates[state]
  return (
    <tr>
      <th scope="row" className="whitespace-normal! py-1.5">
        {label}
        <div className="mono-xs text-fg-subtle">{permission}</div>
      </th>
      <td className="whitespace-normal! py-1.5">
        <StatusDot state={look.state}>{look.word}</StatusDot>
        {says === undefined ? null : <div className="text-fg-muted text-xs">{says}</div>}
      </td>
    </tr>
  )
}

/** Table below another one, with a separating line. */
const tableLook = 'data-table plain border-line border-t [&_tr:last-child>td]:border-b-0'

/** Results of a test, the verdict first. */
export function TestResults({ report, connection }: { report: Report; connection: CloudConnection }) {
  const { longName, capabilities } = cloudOf(connection.id)
  const { locations, probes, untested } = report
  const word = capitalize(capabilities.locationNoun)
  return (
    <>
      <div className="grid gap-1 border-line border-t p-3.5">
        <VerdictLine of={verdictOf(report, connection)} />
        {connection.mode === 'live' && locations.length > 0 ? (
          <p className="text-fg-muted text-xs">Clock difference: {formatClockDifference(report, connection)}</p>
        ) : null}
      </div>
      {locations.length === 0 ? null : (
        <table aria-label={`${word}s of ${longName}`} className={tableLook}>
          <thead>
            <tr>
              <th scope="col">{word}</th>
              <th scope="col">State</th>
              <th scope="col" className="r">
                Latency
              </th>
            </tr>
          </thead>
          <tbody>
            {locations.map((one) => (
              <LocationRow key={one.location.id} of={one} />
            ))}
          </tbody>
        </table>
      )}
      {probes.length === 0 ? null : (
        <table aria-label={`Permissions at ${longName}`} className={tableLook}>
          <thead>
            <tr>
              <th scope="col">Permission</th>
              <th scope="col">Result</th>
            </tr>
          </thead>
          <tbody>
            {probes.map((one) => (
              <ProbeRow key={one.label} of={one} />
            ))}
          </tbody>
        </table>
      )}
      {untested.length === 0 ? null : (
        <p className="border-line border-t px-3.5 py-2 text-fg-subtle text-xs">Not tested: {untested.join('; ')}.</p>
      )}
    </>
  )
}
