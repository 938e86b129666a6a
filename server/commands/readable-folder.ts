/** Data folder for commands that read it: the one of the settings, or a copy of what is in PostgreSQL. */
import type { Config } from '../config.ts'
import type { DataFolder } from '../kms/root-key.ts'

export async function withReadableFolder<T>(
  kms: Config['kms'],
  work: (folder: DataFolder) => T | Promise<T>,
): Promise<T> {
  const { databaseUrl } = kms
  if (databaseUrl === undefined) return work(kms)
  const { withCopy } = await import('../kms/shared/open.ts')
  return withCopy({ ...kms, databaseUrl }, work)
}
