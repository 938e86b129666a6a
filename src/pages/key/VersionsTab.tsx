import type { UseQueryResult } from '@tanstack/react-query'
import { Lock } from 'lucide-react'
import type { Listed } from '../../clouds/answer.ts'
import type { KeyVersion, KmsKey } from '../../clouds/model.ts'
import { count } from '../../lib/numbers.ts'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { useNarrow } from '../shared/use-narrow.ts'
import { versionSpans } from './rotation-plan.ts'
import { PlannedRow, UnreadableVersions, VersionRow } from './VersionRow.tsx'

/** Query of all versions of a key, the latest first. */
export type VersionsResult = UseQueryResult<Listed<KeyVersion>>

interface VersionsTabProps {
  kmsKey: KmsKey
  versions: VersionsResult
  now: number
}

export function VersionsTab({ kmsKey: key, versions, now }: VersionsTabProps) {
  const narrow = useNarrow()
  if (versions.data === undefined)
    return versions.error ? (
      <FailedCall
        title="The versions could not be read"
        error={versions.error}
        retrying={versions.isFetching}
        onRetry={() => void versions.refetch()}
      />
    ) : (
      <LoadingRows rows={Math.min(key.latestVersion, 8)} />
    )
  const { spans, planned } = versionSpans(key, versions.data.items, now)
  return (
    <div className="overflow-hidden rounded-lg border border-line bg-surface">
      <table
        className={cx(
          'data-table plain table-fixed [&_tbody_td:not(:last-child)]:pr-1 [&_tbody_tr:hover_td]:bg-transparent',
          narrow && '[--row-height:76px]',
        )}
      >
        <caption className="sr-only">Versions of this key, the latest first</caption>
        {narrow ? <NarrowHead /> : <WideHead />}
        <tbody>
          {planned && <PlannedRow {...planned} now={now} narrow={narrow} />}
          {spans.map((span) => (
            <VersionRow key={span.version} span={span} kmsKey={key} now={now} narrow={narrow} />
          ))}
          <UnreadableVersions versions={versions.data.unreadable} columns={narrow ? 3 : 8} />
        </tbody>
      </table>
      <Floor kmsKey={key} />
    </div>
  )
}

/** Empty header over the timeline column. */
const spineHead = <td className="border-line border-b bg-sunken" />

const WideHead = () => (
  <>
    <colgroup>
      <col className="w-11" />
      <col className="w-16" />
      <col className="w-46" />
      <col className="w-30" />
      <col className="w-25 max-lg:w-auto" />
      <col className="w-32" />
      <col className="max-lg:hidden" />
      <col className="w-20" />
    </colgroup>
    <thead>
      <tr>
        {spineHead}
        <th scope="col">Version</th>
        <th scope="col">Can</th>
        <th scope="col">Made</th>
        <th scope="col">Age</th>
        <th scope="col">How</th>
        <th scope="col" className="max-lg:hidden">
          When it was the latest
        </th>
        <th scope="col" className="r">
          For
        </th>
      </tr>
    </thead>
  </>
)

const NarrowHead = () => (
  <>
    <colgroup>
      <col className="w-11" />
      <col className="w-13" />
      <col />
    </colgroup>
    <thead>
      <tr>
        {spineHead}
        <th scope="col">Version</th>
        <th scope="col">What it can, and since when</th>
      </tr>
    </thead>
  </>
)

/** Oldest version that still decrypts. */
function Floor({ kmsKey: { minDecryptionVersion, latestVersion, can } }: { kmsKey: KmsKey }) {
  const versions = count(latestVersion, 'version')
  const opens = can.includes('encrypt') ? 'can open its own ciphertext' : 'can check what it made'
  return (
    <p className="relative py-2.5 pr-4 pl-11 text-fg-subtle text-xs">
      <span aria-hidden className="absolute top-0 left-[22px] h-2.5 w-px bg-line-strong" />
      <Icon of={Lock} size={12} className="absolute top-3 left-[17px]" />
      {minDecryptionVersion === undefined ? (
        <>The API does not say which version is the oldest that still decrypts. It keeps {versions}.</>
      ) : (
        <>
          Minimum version that still decrypts: <b className="text-fg">v{minDecryptionVersion}</b>.{' '}
          {minDecryptionVersion <= 1
            ? `Every version of this key ${opens}.`
            : `Versions before v${minDecryptionVersion} open nothing any more.`}
        </>
      )}
    </p>
  )
}

function LoadingRows({ rows }: { rows: number }) {
  return (
    <div aria-busy="true" className="overflow-hidden rounded-lg border border-line">
      <span className="sr-only">Reading the versions</span>
      <div className="h-(--row-head) border-line border-b bg-sunken" />
      {Array.from({ length: rows }, (_, row) => row).map((row) => (
        <div key={row} className="flex h-(--row) items-center gap-16 px-11 max-[719px]:h-19">
          <Skeleton width={24} />
          <Skeleton width={90} />
          <Skeleton width={80} />
        </div>
      ))}
    </div>
  )
}
