/** What is typed about a key store but its secret, and the faults of it. */
import type { KeyStore, KeyStoreChanges, KeyStores } from '../../../clouds/key-stores.ts'
import { formatNumber } from '../../../lib/numbers.ts'

export interface StoreDraft {
  readonly name: string
  readonly description: string
  readonly endpoint: string
  readonly accessKey: string
  /** Whether a secret key is typed. */
  readonly hasSecret: boolean
  readonly connects: boolean
}

export const draftOf = (store: KeyStore | undefined): StoreDraft => ({
  name: store?.name ?? '',
  description: store?.description ?? '',
  endpoint: store?.endpoint ?? '',
  accessKey: store?.accessKey ?? '',
  hasSecret: false,
  connects: true,
})

export type StoreField = 'name' | 'description' | 'endpoint' | 'accessKey' | 'secretKey'

export type Faults = { readonly [Field in StoreField]: string | undefined }

const tooLong = (text: string, max: number) => {
  const { length } = Array.from(text)
  return length > max ? `At most ${formatNumber(max)} characters; this has ${formatNumber(length)}.` : undefined
}

const isAddress = (text: string) => /^https?:\/\/[^/]/.test(text) && URL.canParse(text)

/** Faults as sentences. A store that is changed keeps its credentials where no secret key is typed. */
export function faultsOf(
  draft: StoreDraft,
  { limits }: Pick<KeyStores, 'limits'>,
  store: KeyStore | undefined,
): Faults {
  const { name, description, endpoint, accessKey, hasSecret } = draft
  const keepsCredentials = store !== undefined && !hasSecret && accessKey === (store.accessKey ?? '')
  return {
    name: name.trim() === '' ? 'Give the key store a name.' : tooLong(name, limits.name.max),
    description: tooLong(description, limits.description.max),
    endpoint: isAddress(endpoint) ? undefined : 'Type the proxy’s address, such as https://proxy.example.com.',
    accessKey: keepsCredentials || accessKey !== '' ? undefined : 'Type the access key that belongs to the secret key.',
    secretKey: keepsCredentials || hasSecret ? undefined : 'Type the secret key that belongs to the access key.',
  }
}

/** What is different from the store; the secret is added when it is sent. */
export const changesOf = (store: KeyStore, draft: StoreDraft): Omit<KeyStoreChanges, 'credentials'> => ({
  ...(draft.description === (store.description ?? '') ? {} : { description: draft.description }),
  ...(draft.endpoint === store.endpoint ? {} : { endpoint: draft.endpoint }),
})

/** A changed access key counts too, so that the missing secret key is told. */
export const isUnchanged = (store: KeyStore, draft: StoreDraft): boolean =>
  Object.keys(changesOf(store, draft)).length === 0 && !draft.hasSecret && draft.accessKey === (store.accessKey ?? '')
