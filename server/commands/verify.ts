/** `kms verify`: verifies everything in the data folder, also while servers run. */
import { resolve } from 'node:path'
import { verifyFolder } from '../kms/backup.ts'
import { StartError } from '../start-error.ts'
import type { Run } from './command.ts'
import { contentsText, counted } from './contents-text.ts'
import { withReadableFolder } from './readable-folder.ts'

/** Findings that are printed; a whole table may have been changed. */
const MOST = 100

export const run: Run = async ({ config }) => {
  const { file, rootKey, verification } = await withReadableFolder(config.kms, verifyFolder)
  const { settings, resources, auditEntries, findings, warnings } = verification
  const shown = findings.slice(0, MOST).map((finding) => `- ${finding}`)
  const lines = [
    `verified: ${config.kms.databaseUrl === undefined ? resolve(file) : 'the database of DATABASE_URL'}`,
    `root key: ${rootKey}`,
    `${contentsText(verification)}, ${counted(resources, 'role, policy or operation', 'roles, policies and operations')}, ${counted(settings, 'setting')}, ${counted(auditEntries, 'entry', 'entries')} of the audit log`,
    ...(findings.length === 0 ? ['Everything is as the KMS wrote it.'] : shown),
    ...warnings,
  ]
  console.log(lines.join('\n'))
  if (findings.length > 0)
    throw new StartError(
      `${counted(findings.length, 'finding')}: this is not what the KMS wrote. What is named is not used. Restore it from a backup with: npm run kms -- restore FILE --force`,
    )
  return 'done'
}
