/** The console's records: revoked sessions, the audit log of people, and approvals. */
import type { AuditEvent } from '../../src/clouds/gateway/audit.ts'
import type { Revocations } from '../sign-in/sessions.ts'
import { type ApprovalStore, openApprovalStore } from './approvals.ts'
import { type AuditLog, openAuditLog } from './audit-log.ts'
import type { Database } from './database.ts'
import { openRevocations } from './revocations.ts'
import { migrate } from './schema.ts'

export interface Records {
  readonly revocations: Revocations
  readonly auditLog: AuditLog
  readonly approvals: ApprovalStore
  ready(): Promise<boolean>
  close(): Promise<void>
}

interface RecordsOptions {
  readonly database: Database
  /** Milliseconds since the epoch. */
  readonly now: () => number
  /** Called with each event that is on the disk. */
  readonly written?: (event: AuditEvent) => void
}

/** @throws DatabaseUnavailableError */
export async function openRecords({ database, now, written }: RecordsOptions): Promise<Records> {
  await migrate(database)
  const auditLog = openAuditLog(database, written)
  return {
    revocations: openRevocations(database, now),
    auditLog,
    approvals: openApprovalStore(database, auditLog),
    ready: () => database.ready(),
    close: () => database.close(),
  }
}
