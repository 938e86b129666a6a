/** The links to every route. */
import type { KeyAddress } from '../clouds/model.ts'
import { cloudOf } from '../clouds/registry.ts'
import { formatKeyAddress } from './key-address.ts'
import { patterns } from './patterns.ts'

/** One value of each filter of the list. */
interface KeysSearch {
  readonly cloud?: string
  readonly location?: string
  readonly status?: string
  readonly rotation?: string
  readonly material?: string
  /** Words of the search. */
  readonly q?: string
}

interface ApiKeysSearch {
  readonly q?: string
  /** The tab of roles; that of API keys where it is left out. */
  readonly tab?: 'roles'
  /** Id of a role: of the keys that act in it, or the one that is shown on the tab of roles. */
  readonly role?: string
}

/** Tab of the connections, as it stands in URLs. */
export const KEY_STORES = 'key-stores'

const part = encodeURIComponent

const withSearch = (path: string, search: Readonly<Record<string, string | undefined>>) => {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) if (value !== undefined) params.set(name, value)
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

/**
 * The links of a page on which a project is chosen, which goes along as a search parameter. Where a key's cloud has
 * projects, a link to it names the key's own instead: it would not be found in another.
 */
export function linksIn(chosen?: string) {
  const scope = { project: chosen }
  const scopeOf = (key?: KeyAddress) => (key && cloudOf(key.cloud).projects ? { project: key.project } : scope)
  return {
    overview: () => withSearch(patterns.overview, scope),
    keys: (search: KeysSearch = {}) => withSearch(patterns.keys, { ...search, ...scope }),
    createKey: () => withSearch(patterns.createKey, scope),
    key: (address: KeyAddress, search: { tab?: string | undefined } = {}) => {
      const { cloud, location, key } = address
      return withSearch(`/keys/${part(cloud)}/${part(location)}/${part(key)}`, { ...search, ...scopeOf(address) })
    },
    activity: () => withSearch(patterns.activity, scope),
    apiKeys: (search: ApiKeysSearch = {}) => withSearch(patterns.apiKeys, { ...search, ...scope }),
    approvals: () => withSearch(patterns.approvals, scope),
    connections: (search: { tab?: typeof KEY_STORES } = {}) =>
      withSearch(patterns.connections, { ...search, ...scope }),
    /** The tab File of the playground. */
    files: (key?: KeyAddress, search: { tab?: string } = {}) =>
      withSearch(patterns.playground, { key: key && formatKeyAddress(key), op: 'file', ...search, ...scopeOf(key) }),
    playground: (key?: KeyAddress, search: { op?: string } = {}) =>
      withSearch(patterns.playground, { key: key && formatKeyAddress(key), ...search, ...scopeOf(key) }),
  }
}

export type Links = ReturnType<typeof linksIn>
