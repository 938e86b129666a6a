import { readStored, store } from '../../lib/browser-storage.ts'

/**
 * The organisation's default key. No answer marks it; only refusals identify it, so its id is stored
 * for the lifetime of the browser tab.
 */
const STORE = 'exoscale-default-keys'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

const known = new Set((readStored('sessionStorage', STORE) ?? '').split(' ').filter((id) => UUID.test(id)))

export const isDefaultKey = (id: string): boolean => known.has(id)

/** Stores the id of a key after a refusal that only the default key gets. */
export function rememberDefaultKey(id: string): void {
  known.add(id)
  store('sessionStorage', STORE, [...known].join(' '))
}
