/** Display of keys whose material is in a key store outside of their cloud. Loaded for such keys only. */
import { useQuery } from '@tanstack/react-query'
import { keyStoreQueries } from '../../clouds/key-store-queries.ts'
import type { KeyStore } from '../../clouds/key-stores.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Link } from '../../router/react.tsx'
import { Banner } from '../../ui/Banner.tsx'
import { Code } from '../../ui/Code.tsx'
import { cx } from '../../ui/classes.ts'
import { KEY_STORES } from '../paths.ts'
import { useLinks } from '../use-project.ts'

/** Undefined while it is not known. */
function useStoreOf({ cloud, external }: KmsKey): KeyStore | undefined {
  const { data } = useQuery(keyStoreQueries.list(cloud))
  return data?.items.find(({ id }) => id === external?.store)
}

/** Name and id of the key's store, with a link to it. */
export function StoreOfKey({ kmsKey: key }: { kmsKey: KmsKey }) {
  const store = useStoreOf(key)
  const links = useLinks()
  const { store: id } = key.external ?? {}
  return (
    <>
      {store === undefined ? null : (
        <Link className="link" to={links.connections({ tab: KEY_STORES })}>
          {store.name}
        </Link>
      )}{' '}
      <Code className="[overflow-wrap:anywhere]">{id}</Code>
    </>
  )
}

/** Why the key can't be used while its store is disconnected; nothing otherwise. */
export function StoreNotice({ kmsKey: key, className }: { kmsKey: KmsKey; className: string }) {
  const store = useStoreOf(key)
  const links = useLinks()
  if (store === undefined || store.connected) return null
  return (
    <Banner
      tone="warning"
      title={`The key store ${store.name} is disconnected.`}
      className={cx(className, 'print:hidden')}
      actions={
        <Link className="link px-1.5 text-sm" to={links.connections({ tab: KEY_STORES })}>
          Open key stores
        </Link>
      }
    >
      {cloudOf(key.cloud).longName} refuses to encrypt and decrypt with {key.name} until it is connected.
    </Banner>
  )
}
