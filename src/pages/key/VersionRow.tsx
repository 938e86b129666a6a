import type { ReactNode } from 'react'
import type { Unreadable } from '../../clouds/answer.ts'
import { isUsable } from '../../clouds/key-status.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import { formatDate, formatDateTime, formatRelative } from '../../lib/dates.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/classes.ts'
import { formatAge, formatSpanInDays, UNKNOWN_TIME } from '../shared/format-time.ts'
import type { VersionSpan } from './rotation-plan.ts'

const originLabels: Record<NonNullable<KeyVersion['trigger']>, string> = {
  created: 'Created',
  automatic: 'Automatic',
  manual: 'Manual',
}

/** Origin of a version; not every API has it. */
export function VersionOrigin({ of: how }: { of: KeyVersion['trigger'] | undefined }) {
  return how === undefined ? (
    <span className="text-fg-subtle">Unknown</span>
  ) : (
    <span className={cx(how === 'automatic' && 'text-fg-muted')}>{originLabels[how]}</span>
  )
}

/** Cell with the date of a version. */
export const VersionDate = ({ createdAt, children }: { createdAt: number | undefined; children?: ReactNode }) =>
  createdAt === undefined ? (
    <td className="text-fg-subtle">{UNKNOWN_TIME}</td>
  ) : (
    <td className="tabular-nums" title={formatDateTime(createdAt)}>
      {formatDate(createdAt)}
      {children}
    </td>
  )

const useLabels = {
  encrypt: ['Encrypts and decrypts', 'Decrypts'],
  sign: ['Signs and verifies', 'Verifies'],
  mac: ['Makes and verifies', 'Verifies'],
} as const

function VersionUse({ version, kmsKey: key }: { version: number; kmsKey: KmsKey }) {
  if (!isUsable(key)) return <span className="text-fg-muted">Nothing now</span>
  const [latest, older] = useLabels[key.purpose]
  if (version >= key.latestVersion) return <Badge tone="accent">{latest}</Badge>
  if (version < (key.minDecryptionVersion ?? 1)) return <span className="text-fg-subtle">Nothing any more</span>
  return <span className="text-fg-muted">{older}</span>
}

type Node = 'latest' | 'older' | 'planned'

const nodes: Record<Node, string> = {
  latest: 'border-2 border-accent bg-accent shadow-[0_0_0_3px_var(--color-accent-bg)]',
  older: 'border-2 border-chart-muted bg-bg',
  planned: 'border-[1.5px] border-chart-muted border-dashed bg-bg',
}

/** Cell with the line through all versions and this version's node. */
function TimelineCell({ node }: { node: Node }) {
  return (
    <td className="relative border-b-0!" aria-hidden>
      <span
        className={cx(
          'absolute bottom-0 left-[22px] w-px',
          node === 'planned'
            ? 'top-1/2 bg-[repeating-linear-gradient(var(--color-control)_0_3px,transparent_3px_6px)]'
            : 'top-0 bg-line-strong',
        )}
      />
      <span className={cx('-mt-[4.5px] absolute top-1/2 left-[18px] size-[9px] rounded-full', nodes[node])} />
    </td>
  )
}

/** Detail below the use of a version. */
const Detail = ({ children }: { children: ReactNode }) => (
  <span className="block whitespace-normal text-fg-subtle text-xs leading-[18px] tabular-nums">{children}</span>
)

const track =
  'relative block h-2.5 bg-[linear-gradient(var(--color-line),var(--color-line))] bg-[length:100%_1px] bg-center bg-no-repeat'

interface PlannedRowProps {
  version: number
  at: number
  left: number
  now: number
  /** On narrow screens the other columns become lines below the use. */
  narrow: boolean
}

export function PlannedRow({ version, at, left, now, narrow }: PlannedRowProps) {
  const until = at > now ? formatRelative(at, now) : 'due'
  return (
    <tr className="text-fg-subtle">
      <TimelineCell node="planned" />
      <td className="font-semibold tabular-nums">v{version}</td>
      {narrow ? (
        <td>
          Planned
          <Detail>
            <span title={formatDateTime(at)}>{formatDate(at)}</span>, {until}
          </Detail>
          <Detail>Automatic</Detail>
        </td>
      ) : (
        <>
          <td>Planned</td>
          <td className="tabular-nums" title={formatDateTime(at)}>
            {formatDate(at)}
          </td>
          <td>{until}</td>
          <td>Automatic</td>
          <td className="max-lg:hidden">
            <span aria-hidden className={track}>
              <span
                className="absolute top-0.5 right-0 h-1.5 rounded-l-[2px] border border-control border-r-0 border-dashed bg-bg"
                style={{ left: `${left}%` }}
              />
            </span>
          </td>
          <td />
        </>
      )}
    </tr>
  )
}

interface UnreadableVersionsProps {
  versions: readonly Unreadable[]
  columns: number
}

/** Rows of versions that can't be read, each with its reason. */
export const UnreadableVersions = ({ versions, columns }: UnreadableVersionsProps) =>
  versions.map(({ id, reason }, place) => (
    <tr key={id ?? place}>
      <td colSpan={columns} className="whitespace-normal! text-fg-muted">
        <b className="font-medium text-fg">{id === undefined ? 'One version' : `v${id}`}</b> can’t be read: {reason}
      </td>
    </tr>
  ))

interface VersionRowProps {
  span: VersionSpan
  kmsKey: KmsKey
  now: number
  narrow: boolean
}

export function VersionRow({ span, kmsKey: key, now, narrow }: VersionRowProps) {
  const latest = span.version >= key.latestVersion
  const can = (
    <>
      <VersionUse version={span.version} kmsKey={key} />
      {span.providerStatus !== undefined && span.providerStatus !== 'active' && (
        <span className="mono-xs ml-2 text-fg-subtle">{span.providerStatus}</span>
      )}
    </>
  )
  const { createdAt } = span
  const latestFor = span.latestFor === undefined ? undefined : formatSpanInDays(span.latestFor)
  return (
    <tr>
      <TimelineCell node={latest ? 'latest' : 'older'} />
      <td className="font-semibold tabular-nums">v{span.version}</td>
      {narrow ? (
        <td>
          {can}
          <Detail>
            {createdAt === undefined ? (
              'Unknown when'
            ) : (
              <>
                <span title={formatDateTime(createdAt)}>{formatDate(createdAt)}</span>, {formatAge(createdAt, now)} ago
              </>
            )}
          </Detail>
          <Detail>
            {span.origin === undefined ? 'Unknown how' : originLabels[span.origin]}
            {latestFor === undefined ? null : `, latest for ${latestFor}`}
          </Detail>
        </td>
      ) : (
        <>
          <td className="truncate">{can}</td>
          <VersionDate createdAt={createdAt} />
          <td className="text-fg-muted">{createdAt === undefined ? '–' : formatAge(createdAt, now)}</td>
          <td>
            <VersionOrigin of={span.origin} />
          </td>
          <td className="max-lg:hidden">
            <span aria-hidden className={track}>
              <span
                className={cx(
                  'absolute top-0.5 h-1.5 min-w-[3px] rounded-[2px]',
                  latest ? 'bg-chart-strong' : 'bg-chart-muted',
                )}
                style={{ left: `min(${span.left}%, 100% - 3px)`, width: `calc(${span.width}% - 2px)` }}
              />
            </span>
          </td>
          <td className={cx('r', !latest && 'text-fg-muted')}>{latestFor ?? '–'}</td>
        </>
      )}
    </tr>
  )
}
