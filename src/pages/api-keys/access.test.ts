import { describe, expect, test } from 'vitest'
import type { ApiKey, Role } from '../../clouds/iam.ts'
import { formatHiddenBy, isFiltered, sortAfter } from '../shared/list/list-view.ts'
import {
  type AccessList,
  filterKeys,
  filterRoles,
  formatAllows,
  keyRows,
  possibleKeys,
  roleName,
  roleOptions,
  roleRows,
  sortKeys,
  sortRoles,
} from './access-rows.ts'
import { accessViewFormat, activeFilters, keysOfRole, roleView, tabView } from './access-view.ts'

const key = (name: string, roleId = 'r-owner', text = `EXO${name}`): ApiKey => ({ name, roleId, key: text })
const role = (id: string, name: string, allows = 'Everything'): Role => ({
  id,
  name,
  allows,
  breadth: 1,
  permissions: [],
  editable: true,
  labels: {},
  defaultStrategy: 'allow',
  services: [],
})
const list = (members: Partial<AccessList> = {}): AccessList => ({
  cloud: 'exoscale',
  keys: [key('ci 10', 'r-crypto'), key('ci 9'), key('laptop', 'r-lost')],
  roles: [role('r-owner', 'Owner'), role('r-crypto', 'kms-crypto', 'Encrypt, decrypt')],
  rolesFailed: false,
  ownKey: 'EXOlaptop',
  ...members,
})

const view = (search: string) => accessViewFormat.read(new URLSearchParams(search))

describe('the URL', () => {
  test.each([
    '',
    'tab=roles',
    'q=ci',
    'role=a&role=b',
    'tab=roles&role=a',
    'sort=-role',
    'sort=-created',
    'tab=roles&sort=-keys',
    'tab=roles&role=a&sort=keys',
    'project=prj-1&tab=roles&q=x&role=a',
  ])('%s is read and written back', (search) => {
    const params = new URLSearchParams(search)
    expect([...accessViewFormat.write(accessViewFormat.read(params), params)].sort()).toEqual([...params].sort())
  })

  test('takes nothing that it does not know', () => {
    expect(view('tab=else&sort=-secret&role=&role=a&role=a')).toEqual({ ...tabView('keys'), filters: { role: ['a'] } })
    expect(view('tab=roles&sort=key')).toEqual(tabView('roles'))
  })

  test('a role stands for itself on one tab, and for its keys on the other', () => {
    expect(view(accessViewFormat.write(roleView('a')).toString())).toEqual(roleView('a'))
    expect(view(accessViewFormat.write(keysOfRole('a')).toString())).toEqual(keysOfRole('a'))
  })

  test('says what hides rows', () => {
    const plain = view('q=+&sort=role')
    expect(isFiltered(plain.search, activeFilters(plain.filters))).toBe(false)
    const filtered = view('q=+ci+&role=a')
    expect(formatHiddenBy(filtered.search, activeFilters(filtered.filters))).toBe('the search “ci” and the filter Role')
    expect(sortAfter(sortAfter(view('').sort, 'role'), 'role')).toEqual({ column: 'role', descending: true })
  })
})

describe('rows', () => {
  test('a key has its role, or says why not', () => {
    expect(keyRows([list()]).map((row) => [roleName(row), formatAllows(row), row.own])).toEqual([
      ['kms-crypto', 'Encrypt, decrypt', false],
      ['Owner', 'Everything', false],
      ['r-lost', 'Unknown: the role is not listed', true],
    ])
    const coming = keyRows([list({ roles: undefined })])
    expect(coming.map(({ role: known }) => known)).toEqual(['coming', 'coming', 'coming'])
    const failed = keyRows([list({ roles: undefined, rolesFailed: true })])
    expect(failed.map((row) => [row.role, roleName(row), formatAllows(row)])[0]).toEqual([
      'unread',
      'r-crypto',
      'Unknown',
    ])
  })

  test('are found by name, key and role, every word counting', () => {
    const rows = keyRows([list()])
    const found = (search: string) => filterKeys(rows, view(search)).map((row) => row.key.name)
    expect(found('q=CI')).toEqual(['ci 10', 'ci 9'])
    expect(found('q=exolap')).toEqual(['laptop'])
    expect(found('q=ci+crypto')).toEqual(['ci 10'])
    expect(found('q=r-lost')).toEqual(['laptop'])
    expect(found('q=everything')).toEqual([])
    expect(found('role=r-owner&role=r-crypto')).toEqual(['ci 10', 'ci 9'])
  })

  test('sort by each column, numbers as numbers', () => {
    const rows = keyRows([list()])
    const order = (sort: string) => sortKeys(rows, view(`sort=${sort}`).sort).map((row) => row.key.name)
    expect(order('name')).toEqual(['ci 9', 'ci 10', 'laptop'])
    expect(order('-name')).toEqual(['laptop', 'ci 10', 'ci 9'])
    expect(order('role')).toEqual(['ci 10', 'ci 9', 'laptop'])
    expect(order('allows')).toEqual(['ci 10', 'ci 9', 'laptop'])
  })

  test('keys of one name stand side by side and stay apart', () => {
    const rows = keyRows([list({ keys: [key('ci', 'r-owner', 'EXO2'), key('ci', 'r-owner', 'EXO1')] })])
    expect(sortKeys(rows, view('').sort).map(({ id }) => id)).toEqual(['exoscale EXO1', 'exoscale EXO2'])
  })

  test('the filter offers the roles that keys have', () => {
    expect(roleOptions(keyRows([list()]))).toEqual([
      { value: 'r-crypto', label: 'kms-crypto', count: 1 },
      { value: 'r-owner', label: 'Owner', count: 1 },
      { value: 'r-lost', label: 'r-lost', count: 1 },
    ])
  })

  test('a role counts its keys, once they are known', () => {
    const rows = roleRows([list()])
    expect(sortRoles(rows, view('tab=roles').roleSort).map(({ role: { name }, keyCount }) => [name, keyCount])).toEqual(
      [
        ['kms-crypto', 1],
        ['Owner', 1],
      ],
    )
    expect(roleRows([list({ keys: undefined })]).map(({ keyCount }) => keyCount)).toEqual([undefined, undefined])
    expect(filterRoles(rows, view('tab=roles&q=OWN'))).toHaveLength(1)
  })

  test('roles sort by each column, numbers as numbers, what is not known first', () => {
    const many = Array.from({ length: 10 }, (_, at) => key(`ci ${at}`, 'r-b'))
    const known = roleRows([
      list({
        keys: [...many, key('a', 'r-c'), key('b', 'r-c')],
        roles: [
          { ...role('r-a', 'a', 'Nothing'), breadth: 0 },
          { ...role('r-b', 'b', 'Everything'), breadth: 1000 },
          { ...role('r-c', 'c', 'List and read'), breadth: 3 },
        ],
      }),
      list({ keys: undefined, roles: [{ ...role('r-d', 'd'), breadth: 20 }] }),
    ])
    const order = (sort: string) =>
      sortRoles(known, view(`tab=roles&sort=${sort}`).roleSort)
        .map(({ role: { name } }) => name)
        .join('')
    expect(order('name')).toBe('abcd')
    expect(order('-name')).toBe('dcba')
    expect(order('allows')).toBe('acdb')
    expect(order('-allows')).toBe('bdca')
    expect(order('keys')).toBe('dacb')
    expect(order('-keys')).toBe('bcad')
  })
})

describe('a lost answer', () => {
  test('only new keys of that name come into question', () => {
    const keys = [key('ci', 'r', 'EXO1'), key('ci', 'r', 'EXO2'), key('other', 'r', 'EXO3')]
    expect(possibleKeys(keys, 'ci', new Set(['EXO1']))).toEqual([keys[1]])
  })
})
