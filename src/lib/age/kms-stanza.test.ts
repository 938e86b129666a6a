import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { newFileContext, readFileStanza, writeFileStanza } from './kms-stanza.ts'

const argument = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 1,
})
const stanza = fc.record(
  { cloud: argument, location: argument, key: argument, project: argument, version: argument, context: argument },
  { requiredKeys: ['cloud', 'location', 'key'], noNullPrototype: true },
)

describe('the stanza of an encrypted file', () => {
  test('comes back as it was written', () => {
    fc.assert(
      fc.property(stanza, (one) => {
        expect(readFileStanza(writeFileStanza(one))).toEqual(one)
      }),
    )
  })

  test('reads as documented', () => {
    expect(writeFileStanza({ cloud: 'thalassa', location: 'nl-01', key: 'kms-1', version: '3' })).toEqual([
      'kms-console/v1',
      'cloud=thalassa',
      'location=nl-01',
      'key=kms-1',
      'version=3',
    ])
  })

  test.each([
    ['another type', ['X25519', 'abc']],
    ['no address', ['kms-console/v1']],
    ['no key', ['kms-console/v1', 'cloud=a', 'location=b']],
    ['a name twice', ['kms-console/v1', 'cloud=a', 'location=b', 'key=c', 'key=d']],
    ['an unknown name', ['kms-console/v1', 'cloud=a', 'location=b', 'key=c', 'wrap=d']],
    ['an empty value', ['kms-console/v1', 'cloud=a', 'location=b', 'key=']],
    ['no name', ['kms-console/v1', 'cloud=a', 'location=b', 'key=c', '=d']],
  ])('%s is none', (_what, args) => {
    expect(readFileStanza(args)).toBeUndefined()
  })

  test.each(['', 'a b', 'ü', 'a\n'])('the value %j can’t be written', (key) => {
    expect(() => writeFileStanza({ cloud: 'a', location: 'b', key })).toThrow(RangeError)
  })

  test('each file has a context of its own, which fits into an argument', () => {
    const [one, other] = [newFileContext(), newFileContext()]
    expect(one).toMatch(/^kms-console\/v1\/[\w-]{22}$/)
    expect(one).not.toBe(other)
  })
})
