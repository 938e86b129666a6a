/** `kms migrate PLACE`: copies the local KMS between its data folder and PostgreSQL. */
import { resolve } from 'node:path'
import { migrateToFolder, migrateToPostgres } from '../kms/migrate.ts'
import { StartError } from '../start-error.ts'
import type { Run } from './command.ts'
import { contentsText } from './contents-text.ts'

export const run: Run = async ({ config, operand }) => {
  const { databaseUrl, ...kms } = config.kms
  if (databaseUrl === undefined) throw new StartError('Set DATABASE_URL to the PostgreSQL database.')
  const place = { ...kms, databaseUrl }
  const isToPostgres = operand === 'postgres'
  const contents = isToPostgres ? await migrateToPostgres(place) : await migrateToFolder(place, Date.now())
  const next = isToPostgres
    ? 'Servers with DATABASE_URL use it from now on. What the data folder has is kept, and no longer used.'
    : 'Servers without DATABASE_URL use it from now on. What the database has is kept.'
  console.log(
    [
      `migrated: ${isToPostgres ? 'the database of DATABASE_URL' : resolve(kms.dataDir)}`,
      `${contentsText(contents)}, all verified.`,
      next,
    ].join('\n'),
  )
  return 'done'
}
