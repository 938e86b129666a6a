import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { actionsOf } from '../../../clouds/activity-vocabulary.ts'
import { activityOf } from '../../../clouds/audit-activity.ts'
import type { AuditQuery } from '../../../clouds/cloud.ts'
import type { KeyVersion, KmsKey } from '../../../clouds/model.ts'
import { queries } from '../../../clouds/queries.ts'
import { cloudOf } from '../../../clouds/registry.ts'
import { type VersionAuthor, versionAuthors } from '../../../clouds/version-authors.ts'

/** Pages of the log that are read: a page holds the rotations of months. */
const PAGES = 3

/** Authors of a key's versions by version; empty where the provider has no audit log, or it can't be read. */
export function useVersionAuthors(
  key: KmsKey,
  versions: readonly KeyVersion[],
): { readonly authors: ReadonlyMap<number, VersionAuthor>; readonly pending: boolean } {
  const enabled = cloudOf(key.cloud).audit !== undefined && versions.length > 1
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
  const authors = useMemo(() => {
    const read = [...(first.data?.events.items ?? []), ...others.read]
    // An id is the key's in all its locations: a replica has the versions that its primary made.
    const own = read.filter((event) => event.key === key.id || event.key === key.slug)
    return versionAuthors(versions, activityOf(own))
  }, [key, versions, first.data, others.read])
  return { authors, pending: (enabled && first.isPending) || others.pending }
}
