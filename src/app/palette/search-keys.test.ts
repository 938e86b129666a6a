import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KmsKey } from '../../clouds/model.ts'
import { keyWith } from '../../clouds/testing/key.ts'
import { isMatch, searchKeys, termsOf } from './search-keys.ts'

function find(keys: readonly KmsKey[], query: string) {
  const search = searchKeys(keys, query)
  while (search.step());
  return search.found()
}

const namesFound = (keys: readonly KmsKey[], query: string) => find(keys, query).keys.map(({ name }) => name)

describe('search', () => {
  test('ranks the very name, then how it begins, a word of it, anything in it, then slug and id', () => {
    const keys = [
      keyWith({ name: 'zz', id: 'kms-bil' }),
      keyWith({ name: 'zy', slug: 'bil-1' }),
      keyWith({ name: 'mobile' }),
      keyWith({ name: 'old bil' }),
      keyWith({ name: 'billing' }),
      keyWith({ name: 'BIL' }),
      keyWith({ name: 'other' }),
    ]
    expect(namesFound(keys, ' bil')).toEqual(['BIL', 'billing', 'old bil', 'mobile', 'zy', 'zz'])
  })

  test('finds by all words, the place and the cloud among them', () => {
    const keys = [keyWith({ name: 'app' }), keyWith({ name: 'app', cloud: 'exoscale', location: 'ch-gva-2', id: 'x' })]
    expect(find(keys, 'app gva').keys).toEqual([keys[1]])
    expect(find(keys, 'exoscale APP').keys).toEqual([keys[1]])
    expect(find(keys, 'app nothing').keys).toEqual([])
  })

  test('two places of one key are two results', () => {
    const replica = { id: 'one', cloud: 'exoscale', name: 'same' } as const
    const keys = [
      keyWith({ ...replica, location: 'ch-gva-2' }),
      keyWith({ ...replica, location: 'de-fra-1', traits: ['replica'] }),
    ]
    expect(find(keys, 'same')).toEqual({ keys, total: 2 })
  })

  test('gives the best few of very many, counts all, and looks at a bounded number at a time', () => {
    const keys = Array.from({ length: 100_000 }, (_, at) => keyWith({ name: `key ${at}`, id: `kms-${at}` }))
    const search = searchKeys(keys, 'key 99')
    let steps = 1
    while (search.step()) steps += 1
    expect(steps).toBe(100)
    expect(search.found().total).toBe(keys.filter((key) => isMatch(key, ['key', '99'])).length)
    expect(search.found().keys).toHaveLength(20)
    expect(search.found().keys[0]?.name).toBe('key 99')
  })

  test('finds what holds every word, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ maxLength: 8 }), { maxLength: 15 }),
        fc.string({ maxLength: 6 }),
        (names, query) => {
          const keys = names.map((name, at) => keyWith({ name, id: `kms-${at}` }))
          const words = termsOf(query)
          const all = keys.filter((key) => isMatch(key, words))
          expect(new Set(find(keys, query).keys)).toEqual(new Set(all))
        },
      ),
    )
  })
})
