import { lazy, Suspense } from 'react'
import { useBulk } from './bulk-store.ts'

const BulkLayer = lazy(() => import('./BulkLayer.tsx').then((module) => ({ default: module.BulkLayer })))

/** Once, over every page: the dialog of an act on many keys, or the sign that it goes on behind. */
export function Bulk() {
  const bulk = useBulk()
  return bulk ? (
    <Suspense>
      <BulkLayer bulk={bulk} />
    </Suspense>
  ) : null
}
