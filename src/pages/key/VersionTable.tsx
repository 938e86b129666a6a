import type { Listed } from '../../clouds/answer.ts'
import { isStopped } from '../../clouds/key-status.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import type { VersionAuthor } from '../../clouds/version-authors.ts'
import { formatAge, formatDate, formatDateTime, formatSpanInDays, UNKNOWN_TIME } from '../../lib/dates.ts'
import { count } from '../../lib/numbers.ts'
import { Badge } from '../../ui/Badge.tsx'
import { cx } from '../../ui/classes.ts'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useNarrow } from '../../ui/use-media.ts'
import { latestSpans } from './rotation-plan.ts'

interface VersionTableProps {
  kmsKey: KmsKey
  /** Undefined while they are read. */
  versions: Listed<KeyVersion> | undefined
  /** Who made each version, where that is known. */
  authors: ReadonlyMap<number, VersionAuthor>
  now: number
}

/** All versions of a key, the latest first. */
export function VersionTable({ kmsKey: key, versions, authors, now }: VersionTableProps) {
  const narrow = useNarrow()
  if (versions === undefined) return <LoadingVersions />
  const { items, unreadable } = versions
  const spans = latestSpans(items, now)
  const known = authors.size > 0
  const authorOf = (version: number) => authors.get(version)?.name ?? (version === 1 ? 'Key creation' : '–')
  return (
    <Panel
      title="Versions"
      end={<span className="pr-1.5 text-fg-subtle">{count(items.length + unreadable.length, 'version')}</span>}
      flush
    >
      <table
        className={cx(
          'data-table plain [&_:is(td,th):first-child]:pl-3.5 [&_:is(td,th):last-child]:pr-3.5 [&_tbody_tr:last-child>*]:border-b-0',
          narrow && '[--row-height:52px] [&_:is(td,th):not(:last-child)]:pr-2',
        )}
      >
        <caption className="sr-only">Versions of this key, the latest first</caption>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Use</th>
            <th scope="col">Created</th>
            {known && !narrow && <th scope="col">By</th>}
            {narrow ? null : (
              <th scope="col" className="r">
                Latest for
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {items.map(({ version, createdAt, providerStatus }, index) => (
            <tr key={version}>
              <th scope="row" className="font-semibold tabular-nums">
                v{version}
              </th>
              <td className={cx(narrow && 'whitespace-normal!')}>
                <VersionUse version={version} kmsKey={key} />
                {known && narrow && <span className="block text-fg-subtle text-xs">{authorOf(version)}</span>}
                {providerStatus !== undefined && providerStatus !== 'active' && (
                  <span className="mono-xs ml-2 text-fg-subtle">{providerStatus}</span>
                )}
              </td>
              {createdAt === undefined ? (
                <td className="text-fg-subtle">{UNKNOWN_TIME}</td>
              ) : (
                <td className="tabular-nums" title={formatDateTime(createdAt)}>
                  {formatDate(createdAt)}
                  {narrow && <span className="block text-fg-subtle text-xs">{formatAge(createdAt, now)} ago</span>}
                </td>
              )}
              {known && !narrow && (
                <td className="max-w-40 truncate text-fg-muted" title={authors.get(version)?.id}>
                  {authorOf(version)}
                </td>
              )}
              {narrow ? null : <td className="r text-fg-muted">{formatLatestFor(spans[index])}</td>}
            </tr>
          ))}
          {unreadable.map(({ id, reason }, place) => (
            <tr key={id ?? place}>
              <td colSpan={5} className="whitespace-normal! text-fg-muted">
                <b className="font-medium text-fg">{id === undefined ? 'One version' : `v${id}`}</b> can’t be read:{' '}
                {reason}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

const formatLatestFor = (span: number | undefined) => (span === undefined ? '–' : formatSpanInDays(span))

const useLabels = {
  encrypt: ['Encrypts and decrypts', 'Decrypts'],
  sign: ['Signs and verifies', 'Verifies'],
  mac: ['Authenticates and verifies', 'Verifies'],
} as const

/** What a version does now: nothing while the key is not active. */
function VersionUse({ version, kmsKey: key }: { version: number; kmsKey: KmsKey }) {
  if (isStopped(key)) return <span className="text-fg-muted">Nothing now</span>
  const [latest, older] = useLabels[key.purpose]
  if (version >= key.latestVersion)
    return (
      <Badge tone="accent" className="max-sm:h-auto max-sm:whitespace-normal">
        {latest}
      </Badge>
    )
  if (version < (key.minDecryptionVersion ?? 1)) return <span className="text-fg-subtle">No longer in use</span>
  return <span className="text-fg-muted">{older}</span>
}

const LoadingVersions = () => (
  <Panel title="Versions">
    <div aria-busy="true" className="grid gap-4">
      <span className="sr-only">Reading the versions</span>
      <Skeleton width="90%" />
      <Skeleton width="85%" />
      <Skeleton width="90%" />
    </div>
  </Panel>
)
