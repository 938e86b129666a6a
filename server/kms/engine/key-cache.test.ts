import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createKeyCache } from './key-cache.ts'

const address = (id: string) => ({ cloud: 'c', location: 'l', id })
const stored = (version: number, wrapped = `wrapped ${version}`) => ({
  version,
  createdAt: 0,
  automatic: false,
  wrapped: Buffer.from(wrapped),
})

function openCache(bounds?: { keys?: number; bytes?: number }, { privateKey } = generateKeyPairSync('ed25519')) {
  const data = { version: 1 }
  const cache = createKeyCache(() => data.version, bounds)
  let parsed = 0
  return {
    cache,
    data,
    /** Whether a version must be parsed. */
    parses(id: string, version = 1, wrapped?: string): boolean {
      const before = parsed
      cache.keyOf(address(id), stored(version, wrapped), () => {
        parsed += 1
        return privateKey
      })
      return parsed > before
    },
  }
}

describe('parsed keys', () => {
  it('are parsed once for each version', () => {
    const { parses } = openCache()
    expect([parses('a'), parses('a', 2), parses('b')]).toEqual([true, true, true])
    expect([parses('a'), parses('a', 2), parses('b')]).toEqual([false, false, false])
  })

  it('are parsed again when other material is stored', () => {
    const { parses } = openCache()
    expect([parses('a', 1, 'one'), parses('a', 1, 'two'), parses('a', 1, 'two')]).toEqual([true, true, false])
  })

  it('are forgotten by key, all together, and when another process has written', () => {
    const { parses, cache, data } = openCache()
    const fill = () => [parses('a'), parses('a', 2), parses('ab')]
    fill()
    cache.forget(address('a'))
    expect(fill()).toEqual([true, true, false])
    cache.clear()
    expect(fill()).toEqual([true, true, true])
    data.version += 1
    expect(fill()).toEqual([true, true, true])
    expect(fill()).toEqual([false, false, false])
  })

  it('are the last ones used, in a bound of number', () => {
    const { parses } = openCache({ keys: 2 })
    for (const id of ['a', 'b', 'a', 'c']) parses(id)
    expect(parses('a')).toBe(false)
    expect(parses('b')).toBe(true)
    expect(parses('c')).toBe(true)
  })

  it('and of memory', () => {
    const { parses } = openCache({ bytes: 25_000 })
    const large = 'x'.repeat(1000)
    for (const id of ['a', 'b', 'c']) parses(id, 1, large)
    expect(parses('c', 1, large)).toBe(false)
    expect(parses('b', 1, large)).toBe(false)
    expect(parses('a', 1, large)).toBe(true)
  })

  it.each(['ml-dsa-65', 'ml-dsa-87'] as const)('which %s takes more of than its seed', (type) => {
    const { parses } = openCache({ bytes: 130_000 }, generateKeyPairSync(type))
    for (const id of ['a', 'b', 'c']) parses(id)
    expect([parses('c'), parses('b'), parses('a')]).toEqual([false, false, true])
  })
})
