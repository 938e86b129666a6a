import { BulkConfirmDialog } from './BulkConfirmDialog.tsx'
import { BulkProgressBar } from './BulkProgressBar.tsx'
import { BulkProgressDialog } from './BulkProgressDialog.tsx'
import type { BulkState } from './bulk-store.ts'

/** Dialogs of a bulk action: confirmation, progress and report; a progress bar while the dialog is closed. */
export function BulkLayer({ bulk }: { bulk: BulkState }) {
  if (bulk.kind === 'confirming') return <BulkConfirmDialog key={bulk.action} {...bulk} />
  return bulk.open ? <BulkProgressDialog bulk={bulk} /> : <BulkProgressBar bulk={bulk} />
}
