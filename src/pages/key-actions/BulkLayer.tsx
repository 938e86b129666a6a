import { BulkDock } from './BulkDock.tsx'
import { BulkQuestion } from './BulkQuestion.tsx'
import { BulkRun } from './BulkRun.tsx'
import type { Bulk } from './bulk-store.ts'

/** An act on many keys: the question before, how far it is, and what came of it; small while its dialog is closed. */
export function BulkLayer({ bulk }: { bulk: Bulk }) {
  if (bulk.kind === 'asked') return <BulkQuestion key={bulk.action} {...bulk} />
  return bulk.open ? <BulkRun bulk={bulk} /> : <BulkDock bulk={bulk} />
}
