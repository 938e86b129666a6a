import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionsOf } from '../../../clouds/activity-vocabulary.ts'
import { activityOf } from '../../../clouds/audit-activity.ts'
import type { AuditQuery } from '../../../clouds/cloud.ts'
import { addressOf, type KeyVersion, type KmsKey } from '../../../clouds/model.ts'
import { withPeople } from '../../../clouds/people-activity.ts'
import { queries } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { type VersionAuthor, versionAuthors } from '../../../clouds/version-authors.ts'
import { useIsOwn, usePeopleLog } from './use-people-log.ts'

/** Pages of the log that are read: a page holds the rotations of months. */
const PAGES = 3

/** When the oldest version was made that is not the key's first; infinite where that is not known. */
const oldestRotation = (versions: readonly KeyVersion[]) =>
  versions.reduce(
    (oldest, { version, createdAt = oldest }) => (version > 1 ? Math.min(oldest, createdAt) : oldest),
    Infinity,
  )

const readToItsStart = () => Number.NEGATIVE_INFINITY

/** Authors of a key's versions by version; empty where no audit log has them, or it can't be read. */
export function useVersionAuthors(
  key: KmsKey,
  versions: readonly KeyVersion[],
): { readonly authors: ReadonlyMap<number, VersionAuthor>; readonly pending: boolean } {
  const rotated = versions.length > 1
  const enabled = cloudOf(key.cloud).audit !== undefined && rotated
  const log = usePeopleLog(addressOf(key), oldestRotation(versions), rotated)
  const isOwn = useIsOwn()
  const pageOf = (page: number): AuditQuery => ({
    page,
    key: key.id,
    actions: actionsOf(key.cloud, ['rotate', 'rotateOnSchedule']),
  })
  const first = useQuery({ ...queries.audit(key.cloud, pageOf(1)), enabled })
  const further = Math.min(first.data?.pages ?? 1, PAGES) - 1
  const others = useQueries({
    queries: Array.from({ length: further }, (_, index) => queries.audit(key.cloud, pageOf(index + 2))),
    combine: (results) => ({
      read: results.flatMap(({ data }) => data?.events.items ?? []),
      pending: results.some(({ isPending }) => isPending),
    }),
  })
  const people = log?.people
  const authors = useMemo(() => {
    const read = [...(first.data?.events.items ?? []), ...others.read]
    // An id is the key's in all its locations: a replica has the versions that its primary made.
    const own = read.filter((event) => event.key === key.id || event.key === key.slug)
    const events = activityOf(own)
    const joined = people === undefined ? events : withPeople(events, people, { isOwn, readSince: readToItsStart })
    return versionAuthors(versions, joined)
  }, [key, versions, first.data, others.read, people, isOwn])
  return { authors, pending: (enabled && first.isPending) || others.pending || log?.pending === true }
}
