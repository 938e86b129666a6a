import type { KeyStore } from '../../../clouds/key-stores.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { Link } from '../../../router/react.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { useToast } from '../../../ui/Toast.tsx'
import { ConfirmDialog, typeNameOf } from '../../shared/ConfirmDialog.tsx'
import { OrganisationPath } from '../../shared/OrganisationPath.tsx'
import { useChangeRefusal } from '../../use-change-refusal.ts'
import { useLinks } from '../../use-project.ts'
import type { StoreCloud } from './use-key-stores.ts'

interface ConfirmationProps {
  of: StoreCloud
  store: KeyStore
  /** The keys that use it, as far as they are known. */
  users: readonly KmsKey[]
  onClose: () => void
}

const SHOWN = 8

/** The first of the keys that use a store, and a link to the others. */
function Users({ store, users, onClose }: Omit<ConfirmationProps, 'of'>) {
  const links = useLinks()
  return (
    <ul aria-label="Keys that use the key store" className="grid gap-1 text-sm">
      {users.slice(0, SHOWN).map(({ id, name, location }) => (
        <li key={`${location} ${id}`} className="[overflow-wrap:anywhere]">
          {name} <span className="mono-xs text-fg-subtle">{location}</span>
        </li>
      ))}
      {users.length > SHOWN ? (
        <li>
          <Link to={links.keys({ q: store.id })} className="link" onClick={onClose}>
            and {users.length - SHOWN} more
          </Link>
        </li>
      ) : null}
    </ul>
  )
}

/** A change, after which the stores are read again: also after a refusal, which often means that they are outdated. */
const changing =
  ({ refresh }: StoreCloud, onClose: () => void, change: () => Promise<void>) =>
  async () => {
    try {
      await change()
    } finally {
      await refresh()
    }
    onClose()
  }

/** Confirmation before a key store is disconnected: which keys stop working. */
export function DisconnectStore({ of, store, users, onClose }: ConfirmationProps) {
  const { stores, connection, cloud } = of
  const { id, name } = store
  const toast = useToast()
  const location = stores.location(connection)
  return (
    <ConfirmDialog
      title={`Disconnect key store ${name}`}
      address={<OrganisationPath of={of} />}
      hasFields={false}
      code={() => [
        { label: 'Code to disconnect the key store', snippets: stores.code.disconnect(location, id) },
        { label: 'Code to connect it again', snippets: stores.code.connect(location, id) },
      ]}
      cancelLabel="Keep it connected"
      confirmLabel="Disconnect"
      busyLabel="Disconnecting"
      danger
      disabledReason={useChangeRefusal('disconnectKeyStore', cloud.id)}
      run={changing(of, onClose, async () => {
        await stores.disconnect(location, id)
        toast.success(`Disconnected ${name}.`, { text: 'Its keys can’t be used until it is connected again.' })
      })}
      describeError={(error) => ({ title: 'The key store may still be connected.', error })}
      onClose={onClose}
    >
      <p>
        <b>{cloud.longName} refuses to encrypt and decrypt with its keys</b> until it is connected again. The keys stay.
      </p>
      {users.length === 0 ? (
        <p>No key that was read uses it.</p>
      ) : (
        <>
          <p>These keys stop working:</p>
          <Users store={store} users={users} onClose={onClose} />
        </>
      )}
    </ConfirmDialog>
  )
}

/** Confirmation before a key store is deleted, which only one without keys can be. */
export function DeleteStore({ of, store, users, onClose }: ConfirmationProps) {
  const { stores, connection, cloud } = of
  const { id, name } = store
  const toast = useToast()
  const notAllowed = useChangeRefusal('deleteKeyStore', cloud.id)
  const location = stores.location(connection)
  const refusal = users.length > 0 ? 'Keys use this key store.' : undefined
  return (
    <ConfirmDialog
      title={`Delete key store ${name}`}
      address={<OrganisationPath of={of} />}
      hasFields={false}
      confirmation={refusal === undefined ? { ...typeNameOf(store), missing: 'Type the name first.' } : undefined}
      code={() => [{ label: 'Code to delete the key store', snippets: stores.code.remove(location, id) }]}
      cancelLabel="Keep the key store"
      confirmLabel="Delete key store"
      busyLabel="Deleting key store"
      danger
      disabledReason={notAllowed ?? refusal}
      run={changing(of, onClose, async () => {
        await stores.remove(location, id)
        toast.success(`Deleted ${name}.`)
      })}
      describeError={(error) => ({ title: 'The key store may still exist.', error })}
      onClose={onClose}
    >
      {users.length === 0 ? (
        <p>
          <b>{cloud.longName} forgets the address and the credentials of its proxy.</b> The key manager behind it stays
          as it is.
        </p>
      ) : (
        <>
          <Banner tone="warning" title="Keys use this key store. Delete these keys first." />
          <Users store={store} users={users} onClose={onClose} />
        </>
      )}
    </ConfirmDialog>
  )
}
