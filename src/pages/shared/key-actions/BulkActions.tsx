import { Suspense } from 'react'
import { lazyComponent } from '../../../ui/lazy-component.ts'
import { closeBulkDialog, useBulkState } from './bulk-store.ts'

const BulkLayer = lazyComponent(() => import('./BulkLayer.tsx').then(({ BulkLayer }) => BulkLayer), {
  onError: closeBulkDialog,
})

/** Once, over every page: the dialog of an act on many keys, or the sign that it goes on behind. */
export function BulkActions() {
  const bulk = useBulkState()
  return bulk ? (
    <Suspense>
      <BulkLayer bulk={bulk} />
    </Suspense>
  ) : null
}
