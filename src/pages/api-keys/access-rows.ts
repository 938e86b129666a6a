/** Rows of the lists of API keys and roles. */
import type { ApiKey, Role } from '../../clouds/iam.ts'
import type { CloudId } from '../../clouds/model.ts'
import type { FilterOption } from '../../ui/filter.ts'
import type { Sort } from '../../ui/sort.ts'
import { searchTerms } from '../shared/list/list-view.ts'
import type { AccessView, KeyColumn, RoleColumn } from './access-view.ts'

/** What one cloud has answered so far. */
export interface AccessList {
  readonly cloud: CloudId
  /** Undefined while they are unknown. */
  readonly keys: readonly ApiKey[] | undefined
  readonly roles: readonly Role[] | undefined
  /** The roles are not on their way any more. */
  readonly rolesFailed: boolean
  /** The key that the console itself signs with. */
  readonly ownKey: string | undefined
}

/** What is known of a key's role: `coming` while roles are read, `unread` when that failed, `gone` when it isn't among them. */
export type RoleOfKey = { readonly role: Role } | 'coming' | 'unread' | 'gone'

export interface ApiKeyRow {
  readonly id: string
  readonly cloud: CloudId
  readonly key: ApiKey
  readonly role: RoleOfKey
  readonly own: boolean
  /** By column, in lower case. */
  readonly words: Readonly<Record<KeyColumn, string>>
}

export interface RoleRow {
  readonly id: string
  readonly cloud: CloudId
  readonly role: Role
  /** Undefined while keys are unknown. */
  readonly keyCount: number | undefined
}

function roleOf(key: ApiKey, { roles, rolesFailed }: AccessList): RoleOfKey {
  if (!roles) return rolesFailed ? 'unread' : 'coming'
  const role = roles.find(({ id }) => id === key.roleId)
  return role ? { role } : 'gone'
}

export const roleName = ({ key, role }: Pick<ApiKeyRow, 'key' | 'role'>): string =>
  typeof role === 'object' ? role.role.name : key.roleId

export const formatAllows = ({ role }: Pick<ApiKeyRow, 'role'>): string =>
  typeof role === 'object' ? role.role.allows : role === 'gone' ? 'Unknown: the role is not listed' : 'Unknown'

export const keyRows = (lists: readonly AccessList[]): ApiKeyRow[] =>
  lists.flatMap((list) =>
    (list.keys ?? []).map((key) => {
      const known = { key, role: roleOf(key, list) }
      return {
        ...known,
        id: `${list.cloud} ${key.key}`,
        cloud: list.cloud,
        own: key.key === list.ownKey,
        words: {
          name: key.name.toLowerCase(),
          key: key.key.toLowerCase(),
          role: roleName(known).toLowerCase(),
          created: `${key.createdAt ?? ''}`,
          allows: formatAllows(known).toLowerCase(),
        },
      }
    }),
  )

export const roleRows = (lists: readonly AccessList[]): RoleRow[] =>
  lists.flatMap(({ cloud, roles = [], keys }) =>
    roles.map((role) => ({
      id: `${cloud} ${role.id}`,
      cloud,
      role,
      keyCount: keys?.filter(({ roleId }) => roleId === role.id).length,
    })),
  )

/** Every word of the search must occur in the name, the key or the role. */
export function filterKeys(rows: readonly ApiKeyRow[], { search, filters }: AccessView): ApiKeyRow[] {
  const words = searchTerms(search)
  return rows.filter(({ key, words: { name, key: text, role } }) => {
    const all = `${name} ${text} ${role} ${key.roleId}`
    return words.every((word) => all.includes(word)) && (filters.role.length === 0 || filters.role.includes(key.roleId))
  })
}

export function filterRoles(rows: readonly RoleRow[], { search }: AccessView): RoleRow[] {
  const words = searchTerms(search)
  return rows.filter(({ role: { name, id, description = '' } }) => {
    const all = `${name} ${id} ${description}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

const byText = new Intl.Collator('en', { numeric: true })

/** Equal rows stand in the order of their names, then of their keys. */
export const sortKeys = (rows: readonly ApiKeyRow[], { column, descending }: Sort<KeyColumn>): ApiKeyRow[] =>
  [...rows].sort(
    (a, b) =>
      (descending ? -1 : 1) * byText.compare(a.words[column], b.words[column]) ||
      byText.compare(a.words.name, b.words.name) ||
      byText.compare(a.id, b.id),
  )

/** What a role is ordered by, column by column; least privilege comes first. */
const roleWords: Readonly<Record<RoleColumn, (row: RoleRow) => string>> = {
  name: ({ role }) => role.name,
  allows: ({ role }) => `${role.breadth}`,
  keys: ({ keyCount = '' }) => `${keyCount}`,
}

/** Equal rows stand in the order of their names. */
export const sortRoles = (rows: readonly RoleRow[], { column, descending }: Sort<RoleColumn>): RoleRow[] =>
  [...rows].sort(
    (a, b) =>
      (descending ? -1 : 1) * byText.compare(roleWords[column](a), roleWords[column](b)) ||
      byText.compare(a.role.name, b.role.name) ||
      byText.compare(a.id, b.id),
  )

/** The roles that keys act in, by name. */
export function roleOptions(rows: readonly ApiKeyRow[]): FilterOption<string>[] {
  const options = new Map<string, FilterOption<string>>()
  for (const row of rows) {
    const { roleId } = row.key
    options.set(roleId, { value: roleId, label: roleName(row), count: (options.get(roleId)?.count ?? 0) + 1 })
  }
  return [...options.values()].sort((a, b) => byText.compare(a.label, b.label))
}

/** Keys of the name that were not known before; each of them may be the one. */
export const possibleKeys = (keys: readonly ApiKey[], name: string, known: ReadonlySet<string>): ApiKey[] =>
  keys.filter((key) => key.name === name && !known.has(key.key))
