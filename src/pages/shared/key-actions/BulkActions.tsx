import { Suspense, useEffect } from 'react'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { closeBulkDialog, useBulkState } from './bulk-store.ts'

const BulkLayer = lazyComponent(() => import('./BulkLayer.tsx').then(({ BulkLayer }) => BulkLayer), {
  onError: closeBulkDialog,
})

/** Bulk action over every page; the shell renders it once. */
export function BulkActions() {
  const bulk = useBulkState()
  const open = bulk !== undefined
  // The button that opened the dialog is gone with the selection.
  useEffect(() => {
    if (!open) return
    return () =>
      void requestAnimationFrame(() => {
        if (document.activeElement === document.body) document.getElementById('content')?.focus({ preventScroll: true })
      })
  }, [open])
  return bulk ? (
    <Suspense>
      <BulkLayer bulk={bulk} />
    </Suspense>
  ) : null
}
