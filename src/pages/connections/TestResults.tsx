import { CircleCheck } from 'lucide-react'
import { detailsOf } from '../../clouds/errors.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Code } from '../../ui/Code.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
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

function LocationRow({ of: { location, state, latency, keys, error } }: { of: LocationResult }) {
  const look = locationStates[state]
  const why = error === undefined ? location.reason : detailsOf(error).message
  return (
    <tr>
      <td>
        <Code>{location.id}</Code>
      </td>
      <td className="whitespace-normal! py-1.5">
        <StatusDot state={look.state}>{look.word}</StatusDot>
        {why === undefined ? null : <div className="text-fg-muted text-xs">{why}</div>}
      </td>
      <td className="r">{latency === undefined ? '–' : formatMilliseconds(latency)}</td>
      <td className="r">{keys === undefined ? '–' : formatNumber(keys)}</td>
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
      <td className="whitespace-normal! py-1.5">
        {label}
        <div className="mono-xs text-fg-subtle">{permission}</div>
      </td>
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
  const { longName, capabilities: traits } = cloudOf(connection.id)
  const { latency, locations, probes } = report
  const word = traits.locationNoun === 'zone' ? 'Zone' : 'Region'
  return (
    <>
      <div className="border-line border-t p-3.5">
        <VerdictLine of={verdictOf(report, connection)} />
        {latency === undefined ? null : (
          <PropertyList
            className="mt-2"
            items={[
              {
                name: 'Latency',
                value: (
                  <span className="tabular-nums">
                    {formatMilliseconds(latency.median)}{' '}
                    <span className="text-fg-subtle">
                      median of {latency.calls} calls, {formatMilliseconds(latency.min)} to{' '}
                      {formatMilliseconds(latency.max)}, as the gateway saw it
                    </span>
                  </span>
                ),
              },
              { name: 'Clock difference', value: formatClockDifference(report, connection) },
            ]}
          />
        )}
      </div>
      {locations.length === 0 ? null : (
        <table aria-label={`${word}s of ${longName}`} className={tableLook}>
          <thead>
            <tr>
              <th scope="col">{word}</th>
              <th scope="col">State</th>
              <th scope="col" className="r">
                Median
              </th>
              <th scope="col" className="r">
                Keys
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
    </>
  )
}
