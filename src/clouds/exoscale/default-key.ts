import { readStored, store } from '../../lib/browser-storage.ts'

/** Name of the organisation's default key in answers seen so far; the API documents none. */
export const DEFAULT_KEY_NAME = 'exoscale-default'

/** No answer marks the default key; a refusal identifies it, so its id is stored for the lifetime of the browser tab. */
const STORE = 'exoscale-default-keys'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const known = new Set((readStored('sessionStorage', STORE) ?? '').split(' ').filter((id) => UUID.test(id)))

export const isDefaultKey = (id: string): boolean => known.has(id)

/** Stores the id of a key after a refusal that only the default key gets. */
export function rememberDefaultKey(id: string): void {
  known.add(id)
  store('sessionStorage', STORE, [...known].join(' '))
}
