import { Suspense } from 'react'
import { part } from '../../ui/part.ts'
import { closeBulk, useBulk } from './bulk-store.ts'

const BulkLayer = part(() => import('./BulkLayer.tsx').then(({ BulkLayer }) => BulkLayer), { onMissing: closeBulk })

/** Once, over every page: the dialog of an act on many keys, or the sign that it goes on behind. */
export function Bulk() {
  const bulk = useBulk()
  return bulk ? (
    <Suspense>
      <BulkLayer bulk={bulk} />
    </Suspense>
  ) : null
}
