import type { KeyStore } from '../../../clouds/key-stores.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { DeleteStore, DisconnectStore } from './StoreConfirmations.tsx'
import { StoreForm } from './StoreForm.tsx'
import type { StoreCloud } from './use-key-stores.ts'

/** Dialog that is asked for, with the keys that use the store where they matter. */
export type AskedStore =
  | { readonly to: 'create' }
  | { readonly to: 'edit'; readonly store: KeyStore }
  | { readonly to: 'disconnect' | 'delete'; readonly store: KeyStore; readonly users: readonly KmsKey[] }

interface StoreDialogsProps {
  of: StoreCloud
  asked: AskedStore | undefined
  onClose: () => void
}

export function StoreDialogs({ of, asked, onClose }: StoreDialogsProps) {
  if (asked === undefined) return null
  if (asked.to === 'create') return <StoreForm of={of} store={undefined} onClose={onClose} />
  if (asked.to === 'edit') return <StoreForm of={of} store={asked.store} onClose={onClose} />
  const Confirmation = asked.to === 'delete' ? DeleteStore : DisconnectStore
  return <Confirmation of={of} store={asked.store} users={asked.users} onClose={onClose} />
}
