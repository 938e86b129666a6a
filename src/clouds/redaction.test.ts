import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { transportOf } from './exoscale/connection.ts'
import * as exoscaleWire from './exoscale/wire.ts'
import { CreatedApiKey } from './exoscale/wire-organisation.ts'
import { loggedHeaders, maskedTexts, redactedAnswer, redactedBody } from './redaction.ts'
import { transport as thalassa } from './thalassa/connection.ts'
import * as thalassaWire from './thalassa/wire.ts'

const exoscale = transportOf('ch-gva-2')
const secret = 'VGhpcyBpcyBzZWNyZXQ='

/** Everything that either cloud is sent or answers and that nobody may keep, by the schema's own names. */
const sensitive = [
  [
    'thalassa',
    { plaintext: secret, keyVersion: '1' },
    { ciphertext: secret },
    { input: secret, signature: secret, hmac: secret },
    { importKeyMaterial: secret, hashFunction: 'sha256' },
    thalassaWire.ExportAnswer.parse({ keyMaterial: secret, keyVersion: '1' }),
    thalassaWire.DecryptAnswer.parse({ plaintext: secret }),
    thalassaWire.SignAnswer.parse({ signature: secret }),
    thalassaWire.HmacAnswer.parse({ hmac: secret }),
  ],
  [
    'exoscale',
    { plaintext: secret, 'encryption-context': secret },
    { source: { ciphertext: secret, 'encryption-context': secret }, destination: { 'encryption-context': secret } },
    exoscaleWire.DataKeyAnswer.parse({ plaintext: secret, ciphertext: secret }),
    exoscaleWire.ReEncryptAnswer.parse({ ciphertext: secret }),
    CreatedApiKey.parse({ key: 'EXOabc', secret }),
  ],
] as const

describe('masking', () => {
  test.each(sensitive)('nothing of %s that must not be kept is kept', (cloud, ...bodies) => {
    const names = cloud === 'thalassa' ? thalassa.masked : exoscale.masked
    const kept = bodies.map((body) => redactedBody(body, { names }))
    expect(JSON.stringify(kept)).not.toContain(secret)
    expect(JSON.stringify(kept)).toContain('masked')
  })

  test('goes by the name, at any depth and of any type', () => {
    const kept = redactedBody({ list: [{ deep: { hmac: [1, 2] } }], hmac: 7, other: null }, { names: ['hmac'] })
    expect(kept).toEqual({
      list: [{ deep: { hmac: '<hmac, 2 entries, masked>' } }],
      hmac: '<hmac, masked>',
      other: null,
    })
  })

  test('names that say secret are masked for every cloud', () => {
    const body = { clientSecret: secret, accessToken: secret, password: secret, 'private-key': secret, id: 'a' }
    expect(Object.values(redactedBody(body, { names: [] }) ?? {}).filter((value) => value !== 'a')).toHaveLength(4)
    expect(JSON.stringify(redactedBody(body, { names: [] }))).not.toContain(secret)
  })

  test('no masked text of a request is left in any answer that repeats it', () => {
    const json = fc.jsonValue({ maxDepth: 3 })
    fc.assert(
      fc.property(fc.base64String({ minLength: 8, maxLength: 40 }), json, fc.string(), (text, other, around) => {
        const request = { plaintext: text, other }
        const masking = { names: ['plaintext'], echoes: maskedTexts(request, { names: ['plaintext'] }) }
        const answer = { message: `${around}${text}${around}`, nested: [{ detail: text }] }
        expect(JSON.stringify(redactedAnswer(answer, 400, masking))).not.toContain(text)
      }),
    )
  })
})

describe('an answer that is no JSON', () => {
  test.each([
    ['the page of a proxy', 502, '<html>Bad gateway</html>', '<html>Bad gateway</html>'],
    ['a broken answer', 200, '{"plaintext": "VGhpcyB', '<no JSON, 22 characters, not kept>'],
    ['a broken error', 500, ' {"secret": "x', '<no JSON, 14 characters, not kept>'],
    ['a text', 200, secret, '<no JSON, 20 characters, not kept>'],
  ])('%s', (_, status, body, kept) => expect(redactedAnswer(body, status, { names: [] })).toBe(kept))
})

describe('cutting', () => {
  test('lists say how many more there were', () => {
    expect(redactedBody([1, 2, 3, 4, 5, 6, 7], { names: [] })).toEqual([1, 2, 3, 4, 5, '<2 more>'])
  })

  test('long texts are cut', () => {
    expect(redactedBody('a'.repeat(1_000), { names: [] })).toBe(`${'a'.repeat(256)}… <cut, 1,000 characters in all>`)
  })

  test('what is kept of any body is bounded', () => {
    const entry = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`member-${at}`, 'x'.repeat(300)]))
    const body = Array.from({ length: 100_000 }, () => entry)
    expect(JSON.stringify(redactedBody(body, { names: [] })).length).toBeLessThan(8_000)
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 12 }), (value) => {
        expect(JSON.stringify(redactedBody(value, { names: [] })).length).toBeLessThan(20_000)
      }),
    )
  })
})

test('only headers that tell something are kept', () => {
  const headers = new Headers({ 'Retry-After': '3', 'X-Request-Id': 'r', Authorization: 'Token x', 'x-other': 'y' })
  expect(loggedHeaders(headers)).toEqual([
    ['retry-after', '3'],
    ['x-request-id', 'r'],
  ])
})
