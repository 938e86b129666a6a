import { useQuery } from '@tanstack/react-query'
import { useId } from 'react'
import type { Capabilities } from '../../../clouds/capabilities.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { formatDate } from '../../../lib/dates.ts'
import { Select } from '../../../ui/Select.tsx'
import { useTimeZone } from '../../time-zone.ts'

interface VersionSelectProps {
  readonly of: KmsKey
  /** Undefined stands for the latest. */
  readonly version: number | undefined
  readonly onChange: (version: number | undefined) => void
}

const LATEST = 'latest'

/** Key version to send, where the provider takes one. */
export const versionInput = (version: number | undefined, { chooseVersion }: Capabilities) =>
  chooseVersion && version !== undefined ? { keyVersion: version } : {}

/** Access to the version of a draft that has one. */
export const draftVersion = {
  get: ({ version }: { readonly version: number | undefined }) => version,
  set: <Draft extends { readonly version: number | undefined }>(draft: Draft, version: number | undefined): Draft => ({
    ...draft,
    version,
  }),
}

/** Key version to use. The latest can be chosen at once, the others once they are read. */
export function VersionSelect({ of: key, version, onChange }: VersionSelectProps) {
  const id = useId()
  useTimeZone()
  const { data } = useQuery(queries.versions(key))
  const older = (data?.items ?? []).filter((one) => one.version !== key.latestVersion)
  const options = [
    { value: LATEST, label: `${key.latestVersion}, latest` },
    ...older.map((one) => ({
      value: String(one.version),
      label: String(one.version),
      ...(one.createdAt === undefined ? {} : { hint: formatDate(one.createdAt) }),
    })),
  ]
  return (
    <div className="flex items-center gap-2 max-sm:w-full">
      <label htmlFor={id} className="text-fg-subtle text-xs">
        Version
      </label>
      <Select
        id={id}
        size="md"
        options={options}
        value={version === undefined ? LATEST : String(version)}
        onChange={(value) => onChange(value === LATEST ? undefined : Number(value))}
        className="tabular-nums max-sm:flex-1"
      />
    </div>
  )
}
