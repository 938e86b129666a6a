import { generateKeyPairSync } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { base64, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'
import { wrapTarget } from '../testing/wrapping.ts'

const sign = { input: base64('what was agreed') }

/** More than one credential may have waiting. */
const MANY = 300

describe('many signatures with RSA-4096', () => {
  /** Calls without the network, so that all of them wait at the same time. */
  let kms: ThalassaServer
  let slow: string
  let light: string
  beforeAll(async () => {
    kms = await startThalassa({ light: true })
    slow = await kms.create({ keyType: 'rsa-4096' })
    light = await kms.create()
  })
  afterAll(async () => {
    expect(kms.failures).toEqual([])
    await kms.close()
  })

  const signing = (headers: Record<string, string> = {}, count = 40) => {
    let answered = 0
    const all = Array.from({ length: count }, async () => {
      const reply = await kms.call('POST', `/v1/kms/nl-01/keys/${slow}/sign`, { body: sign, headers })
      answered += 1
      return reply
    })
    return { all: Promise.all(all), answered: () => answered }
  }
  /** Headers with another credential of the same organisation. */
  const asOther = () => ({ authorization: `Token ${kms.thalassa.credential.cryptoToken}` })

  it('let light requests pass', async () => {
    const { all, answered } = signing()
    expect((await kms.on(light, 'POST', '/encrypt', { plaintext: base64('hello') })).status).toBe(200)
    expect((await kms.on(light, 'GET')).status).toBe(200)
    expect(answered()).toBeLessThan(20)
    expect((await all).map(({ status }) => status)).toEqual(Array.from({ length: 40 }, () => 200))
  })

  it('let another credential take its turn', async () => {
    const { all, answered } = signing()
    const other = await signing(asOther(), 1).all
    expect(other[0]?.status).toBe(200)
    expect(answered()).toBeLessThan(30)
    await all
  })

  it('are refused with 429 and a time to wait where too many wait, for this credential only', async () => {
    const { all } = signing({}, MANY)
    const [other] = await signing(asOther(), 1).all
    expect(other?.status).toBe(200)
    const replies = await all
    const refused = replies.filter(({ status }) => status === 429)
    expect(refused.length).toBeGreaterThan(100)
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(MANY - refused.length)
    for (const { body, headers } of refused) {
      expect(body).toEqual({ message: 'too many operations of this credential are waiting; try again' })
      expect(headers.get('retry-after')).toBe('1')
    }
    expect((await kms.on(slow, 'POST', '/sign', sign)).status).toBe(200)
  })
})

it('between the public keys of many versions other requests have their turns', async () => {
  const kms = await startThalassa({ light: true })
  try {
    const many = await kms.create({ keyType: 'ecdsa-p384' })
    for (let version = 2; version <= 30; version++) await kms.on(many, 'POST', '/rotate')
    let turns = 0
    let next = setImmediate(function turn() {
      turns += 1
      next = setImmediate(turn)
    })
    const { body } = await kms.on(many, 'GET', '/public-key')
    clearImmediate(next)
    expect(Object.keys(body.keys ?? {})).toHaveLength(30)
    expect(turns).toBeGreaterThanOrEqual(30)
  } finally {
    await kms.close()
  }
})

it('the test of an imported key’s primes lets light requests pass', async () => {
  const kms = await startThalassa({ light: true })
  try {
    const light = await kms.create()
    const { publicKey } = (await kms.call('GET', '/v1/kms/nl-01/wrapping-key')).body
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const blob = wrapTarget(String(publicKey), privateKey.export({ format: 'der', type: 'pkcs8' })).toString('base64')
    let imported = 0
    const all = Array.from({ length: 6 }, async () => {
      await kms.create({ keyType: 'rsa-2048', importKeyMaterial: blob })
      imported += 1
    })
    expect((await kms.on(light, 'GET')).status).toBe(200)
    expect(imported).toBeLessThan(3)
    await Promise.all(all)
    expect(kms.failures).toEqual([])
  } finally {
    await kms.close()
  }
})

it('a client that disconnects gives up its turns', async () => {
  const kms = await startThalassa()
  try {
    const slow = await kms.create({ keyType: 'rsa-4096' })
    const client = new AbortController()
    const some = Promise.withResolvers<void>()
    let answered = 0
    const all = Array.from({ length: 120 }, async () => {
      const answer = await fetch(`${kms.base}/v1/kms/nl-01/keys/${slow}/sign`, {
        method: 'POST',
        headers: {
          authorization: `Token ${kms.token}`,
          'x-organisation-identity': kms.organisation,
          'content-type': 'application/json',
        },
        body: JSON.stringify(sign),
        signal: client.signal,
      })
      await answer.arrayBuffer()
      answered += 1
      // All others have arrived by then.
      if (answered === 30) some.resolve()
    })
    await some.promise
    client.abort()
    await Promise.allSettled(all)
    // Its turn comes after all that wait.
    expect((await kms.on(slow, 'POST', '/sign', sign)).status).toBe(200)
    const { body } = await kms.call('GET', '/v1/audit?action=kms.sign&limit=200')
    const outcomes = Object.values(body.items ?? {}).map(({ context }) => context?.outcome)
    expect(outcomes.filter((outcome) => String(outcome) === 'success').length).toBeLessThan(90)
    expect(kms.failures).toEqual([])
  } finally {
    await kms.close()
  }
})
