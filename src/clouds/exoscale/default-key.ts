/**
 * The organisation's default key. No answer marks it; only refusals identify it, so its id is stored
 * for the lifetime of the browser tab.
 */
const STORE = 'exoscale-default-keys'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function stored(): string[] {
  try {
    return (sessionStorage.getItem(STORE) ?? '').split(' ').filter((id) => UUID.test(id))
  } catch {
    // Storage may be blocked.
    return []
  }
}

const known = new Set(stored())

export const isDefaultKey = (id: string): boolean => known.has(id)

/** Stores the id of a key after a refusal that only the default key gets. */
export function rememberDefaultKey(id: string): void {
  known.add(id)
  try {
    sessionStorage.setItem(STORE, [...known].join(' '))
  } catch {
    // Storage is blocked: the id is lost at a reload.
  }
}
