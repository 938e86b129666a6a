/**
 * The organisation's default key. No answer marks it: a refusal tells which one it is, and that is remembered, by its id
 * alone, for as long as the browser's tab lives.
 */
const STORE = 'exoscale-default-keys'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

function stored(): string[] {
  try {
    return (sessionStorage.getItem(STORE) ?? '').split(' ').filter((id) => UUID.test(id))
  } catch {
    // A browser may keep nothing for this page.
    return []
  }
}

const known = new Set(stored())

export const isDefaultKey = (id: string): boolean => known.has(id)

/** After a refusal that only the default key gets. */
export function rememberDefaultKey(id: string): void {
  known.add(id)
  try {
    sessionStorage.setItem(STORE, [...known].join(' '))
  } catch {
    // It is known until a reload then.
  }
}
