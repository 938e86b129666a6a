import { describe, expect, it } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { linksIn } from '../paths.ts'
import { formatMissing, formatUsable, groupKeyOptions } from '../shared/key-picker-groups.ts'
import { describeHistoryEntry, formatClockTime, formatMilliseconds } from './history.ts'
import { destinationsOf } from './operations/destinations.ts'
import { readPlaygroundUrl } from './playground-url.ts'
import { opaqueKey, versionedKey } from './test-keys.ts'

const address = { cloud: 'thalassa', location: 'nl-01', key: 'kms-1' } as const
const viewOf = (path: string) => readPlaygroundUrl(new URL(path, 'http://console').searchParams)

describe('the view in the URL', () => {
  it('is what the link to it says', () => {
    expect(viewOf(linksIn().playground(address, { op: 'decrypt' }))).toEqual({
      operation: 'decrypt',
      address,
      invalid: false,
    })
    expect(viewOf(linksIn().playground())).toEqual({ operation: 'encrypt', invalid: false })
  })

  it.each(['thalassa/nl-01', 'other/nl-01/kms-1', 'thalassa//kms-1', 'thalassa/nl-01/kms-1/x', ''])(
    'has no key in %j',
    (text) => {
      expect(viewOf(`/playground?key=${text}&op=fly`)).toEqual({ operation: 'encrypt', invalid: true })
    },
  )
})

describe('the keys that a ciphertext can be made anew for', () => {
  const other = (change: Partial<KmsKey>): KmsKey => ({ ...opaqueKey, ...change })

  it('are the others of the same place, with what can’t take it last and its reason beside it', () => {
    const keys = [
      opaqueKey,
      versionedKey,
      other({ id: 'a', name: 'off', status: 'disabled', providerStatus: 'disabled' }),
      other({ id: 'b', name: 'zebra' }),
      other({ id: 'c', name: 'elsewhere', location: 'de-fra-1' }),
      other({ location: 'de-fra-1' }),
    ]
    expect(destinationsOf(keys, opaqueKey).map(({ key, refusal }) => [key.name, refusal])).toEqual([
      ['zebra', undefined],
      ['off', 'The key is disabled. Enable it first.'],
    ])
  })
})

describe('the list of keys', () => {
  const disabled = {
    ...versionedKey,
    id: 'kms-0',
    name: 'aardvark',
    status: 'disabled',
    providerStatus: 'disabled',
  } as const

  it('is grouped by cloud and location, with what can’t be used last and its reason beside it', () => {
    const groups = groupKeyOptions([disabled, versionedKey, opaqueKey], 'encrypt')
    expect(groups.map(({ id }) => id)).toEqual(['thalassa/nl-01', 'exoscale/ch-gva-2'])
    expect(groups[0]?.options.map(({ key, refusal }) => [key.name, refusal])).toEqual([
      ['billing archive', undefined],
      ['aardvark', 'The key is disabled. Enable it first.'],
    ])
    expect(formatUsable(groups, 'encrypt')).toBe('2 of 3 keys can encrypt')
  })

  it('names what is missing of it', () => {
    const rest = { error: new Error(), retry: () => undefined }
    expect(formatMissing([])).toBeUndefined()
    expect(
      formatMissing([
        { cloud: 'thalassa', location: 'nl-01', ...rest },
        { cloud: 'exoscale', ...rest },
      ]),
    ).toBe('nl-01 and all of Exoscale could not be read.')
  })
})

it('a visit reads as one line', () => {
  const visited = {
    id: 1,
    at: Date.UTC(2026, 10, 22, 14, 32, 8),
    operation: 'encrypt',
    keyName: 'app',
    milliseconds: 40.6,
  } as const
  expect(formatClockTime(visited.at)).toBe('14:32:08')
  expect(formatMilliseconds(visited.milliseconds)).toBe('41 ms')
  expect(formatMilliseconds(0.4)).toBe('< 1 ms')
  expect(describeHistoryEntry({ ...visited, version: 7 })).toBe('app, v7')
  expect(describeHistoryEntry({ ...visited, failure: 'not its ciphertext' })).toBe('app: not its ciphertext')
  expect(describeHistoryEntry({ ...visited, operation: 'reEncrypt' })).toBe('app to its newest version')
  expect(describeHistoryEntry({ ...visited, operation: 'reEncrypt', to: 'ledger' })).toBe('app to ledger')
  expect(describeHistoryEntry({ ...visited, operation: 'dataKey' })).toBe('app')
  expect(describeHistoryEntry({ ...visited, version: 2, matches: false })).toBe('app, v2: does not match')
})
