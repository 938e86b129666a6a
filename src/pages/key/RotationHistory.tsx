import type { Listed } from '../../clouds/answer.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/classes.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { formatAge, formatSpanInDays } from '../shared/format-time.ts'
import { useNarrow } from '../shared/use-narrow.ts'
import { versionSpans } from './rotation-plan.ts'
import { UnreadableVersions, VersionDate, VersionOrigin } from './VersionRow.tsx'

interface RotationHistoryProps {
  kmsKey: KmsKey
  versions: Listed<KeyVersion> | undefined
  now: number
  /** The versions could not be read; the page shows that elsewhere. */
  failed: boolean
}

export function RotationHistory({ kmsKey: key, versions, now, failed }: RotationHistoryProps) {
  const narrow = useNarrow()
  if (versions === undefined) return failed ? null : <LoadingHistory />
  const { spans } = versionSpans(key, versions.items, now)
  const hasUnknown = spans.some(({ origin }) => origin === undefined)
  return (
    <Panel
      title="Rotation history"
      end={
        <span className="pr-1.5 text-fg-subtle">
          {count(spans.length + versions.unreadable.length - 1, 'rotation')}
        </span>
      }
      footer={
        <span className="text-fg-subtle text-xs">
          From the API of {cloudOf(key.cloud).longName}.{hasUnknown && ' Where it is silent, this says Unknown.'}
        </span>
      }
      flush
    >
      <table
        className={cx(
          'data-table plain [&_:is(td,th):first-child]:pl-3.5 [&_:is(td,th):last-child]:pr-3.5 [&_tbody_tr:last-child_td]:border-b-0',
          narrow && '[--row-height:52px] [&_:is(td,th):not(:last-child)]:pr-2 [&_td:first-child]:whitespace-normal',
        )}
      >
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Made</th>
            {narrow ? null : <th scope="col">Age</th>}
            <th scope="col">By</th>
            <th scope="col" className="r">
              After
            </th>
          </tr>
        </thead>
        <tbody>
          {spans.map(({ version, createdAt, origin, after }) => (
            <tr key={version}>
              <td className="tabular-nums">
                <b>v{version}</b> {version === key.latestVersion && <Badge tone="accent">Latest</Badge>}
              </td>
              <VersionDate createdAt={createdAt}>
                {narrow && createdAt !== undefined ? (
                  <span className="block text-fg-subtle text-xs">{formatAge(createdAt, now)} ago</span>
                ) : null}
              </VersionDate>
              {narrow ? null : (
                <td className="text-fg-muted">{createdAt === undefined ? '–' : formatAge(createdAt, now)}</td>
              )}
              <td>
                <VersionOrigin of={origin} />
              </td>
              <td className="r text-fg-muted">{after === undefined ? '–' : formatSpanInDays(after)}</td>
            </tr>
          ))}
          <UnreadableVersions versions={versions.unreadable} columns={narrow ? 4 : 5} />
        </tbody>
      </table>
    </Panel>
  )
}

function LoadingHistory() {
  return (
    <Panel title="Rotation history">
      <div aria-busy="true" className="grid gap-4">
        <Skeleton width="90%" />
        <Skeleton width="85%" />
        <Skeleton width="90%" />
      </div>
    </Panel>
  )
}
