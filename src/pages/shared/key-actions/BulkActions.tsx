import { Suspense } from 'react'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { closeBulkDialog, useBulkState } from './bulk-store.ts'

const BulkLayer = lazyComponent(() => import('./BulkLayer.tsx').then(({ BulkLayer }) => BulkLayer), {
  onError: closeBulkDialog,
})

/** Bulk action over every page; the shell renders it once. */
export function BulkActions() {
  const bulk = useBulkState()
  return bulk ? (
    <Suspense>
      <BulkLayer bulk={bulk} />
    </Suspense>
  ) : null
}
