import { BulkConfirmDialog } from './BulkConfirmDialog.tsx'
import { BulkProgressBar } from './BulkProgressBar.tsx'
import { BulkProgressDialog } from './BulkProgressDialog.tsx'
import type { BulkState } from './bulk-store.ts'

/** An act on many keys: the question before, how far it is, and what came of it; small while its dialog is closed. */
export function BulkLayer({ bulk }: { bulk: BulkState }) {
  if (bulk.kind === 'asked') return <BulkConfirmDialog key={bulk.action} {...bulk} />
  return bulk.open ? <BulkProgressDialog bulk={bulk} /> : <BulkProgressBar bulk={bulk} />
}
