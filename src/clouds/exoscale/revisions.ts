/** Published revisions of Exoscale's API that the local KMS speaks, the oldest first. */
export const apiRevisions = ['reference', '2026-07', '2026-11'] as const
export type ApiRevision = (typeof apiRevisions)[number]

/** Whether a revision has what came with another one. */
export const includes = (revision: ApiRevision, since: ApiRevision): boolean =>
  apiRevisions.indexOf(revision) >= apiRevisions.indexOf(since)
