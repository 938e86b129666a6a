/** Entries of an audit log, for tests. */
import type { AuditEvent } from '../cloud.ts'

/** Time of the entries unless they say another. */
export const auditTime = Date.UTC(2026, 10, 22, 12)

export const audited = (members: Partial<AuditEvent>): AuditEvent => ({
  id: 'evt-1',
  cloud: 'thalassa',
  at: auditTime,
  action: 'kms.encrypt',
  facts: [],
  ...members,
})

/** Record of an HTTP call, as a cloud keeps it beside that of the operation. */
export const httpRecord = (operation: string, members: Partial<AuditEvent> = {}) =>
  audited({
    id: 'http-1',
    action: 'POST',
    path: `/v1/kms/nl-01/keys/kms-1/${operation}`,
    status: 200,
    succeeded: true,
    ...members,
  })
