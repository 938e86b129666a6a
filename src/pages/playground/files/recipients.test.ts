import { expect, test } from 'vitest'
import { recipientsOf } from './recipients.ts'

const body = new Uint8Array(1)
const of = (...types: string[]) => recipientsOf(types.map((line) => ({ args: line.split(' '), body })))

test('the key’s stanza is found among others, which are named once', () => {
  expect(of('X25519 a', 'abc-grease', 'kms-console/v1 cloud=c location=l key=k', 'X25519 b', 'x/y')).toEqual({
    kind: 'key',
    stanza: { cloud: 'c', location: 'l', key: 'k' },
    body,
    others: ['an age key (X25519)', 'a recipient of type x/y'],
  })
})

test('a file for others only', () => {
  expect(of('scrypt salt 18')).toEqual({ kind: 'others', others: ['a passphrase (scrypt)'] })
})

test.each(['kms-console/v2 cloud=c', 'kms-console/v1 cloud=c', 'kms-console/v1 cloud=c location=l key=k more=m'])(
  '%s is a form of ours that is not known',
  (line) => expect(of(line)).toEqual({ kind: 'unknown-form' }),
)
