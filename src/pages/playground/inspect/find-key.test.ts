import { describe, expect, it } from 'vitest'
import { CallError, type Reason } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { ed25519Key, opaqueKey, rsaKey, versionedKey } from '../test-keys.ts'
import { describeSearch } from './describe-search.ts'
import { type AttemptResult, candidatesOf, tryKeys } from './find-key.ts'
import { type ParsedCiphertext, parseCiphertext } from './parse-ciphertext.ts'

function readOf(text: string): ParsedCiphertext {
  const inspection = parseCiphertext(text)
  if (inspection.kind !== 'ciphertext') throw new Error(inspection.kind)
  return inspection
}

const marked = readOf(`thalassa:v2:${new Uint8Array(60).toBase64()}`)
const opaque = readOf(new Uint8Array(60).toBase64())
const named = (name: string, more: Partial<KmsKey> = {}): KmsKey => ({
  ...versionedKey,
  id: `kms-${name}`,
  name,
  ...more,
})

describe('keys worth a try', () => {
  it('are those that could have made it: the chosen one first, those of another length last', () => {
    const chosen = named('zebra')
    const off = named('off', { status: 'disabled', providerStatus: 'disabled' })
    const keys = [
      named('b'),
      rsaKey,
      ed25519Key,
      opaqueKey,
      named('young', { latestVersion: 1 }),
      off,
      chosen,
      named('a'),
    ]
    const { tries, refused, ruledOut } = candidatesOf(keys, marked, chosen)
    expect(tries.map(({ key, unlikely }) => [key.name, unlikely])).toEqual([
      ['zebra', false],
      ['a', false],
      ['b', false],
      ['jwt', true],
    ])
    expect(refused).toMatchObject([{ key: { name: 'off' }, why: 'The key is disabled. Enable it first.' }])
    expect(ruledOut).toBe(3)
  })

  it('are one for each key, however many locations hold it', () => {
    const primary: KmsKey = { ...opaqueKey, traits: ['multi-zone'] }
    const replica: KmsKey = { ...primary, location: 'de-fra-1', traits: ['replica'] }
    const other: KmsKey = { ...opaqueKey, id: 'other', location: 'de-fra-1' }
    const places = (keys: KmsKey[]) => candidatesOf(keys, opaque, undefined).tries.map(({ key }) => key.location)
    expect(places([replica, primary, other])).toEqual(['ch-gva-2', 'de-fra-1'])
    const off: KmsKey = { ...primary, status: 'disabled', providerStatus: 'disabled' }
    expect(places([off, replica])).toEqual(['de-fra-1'])
  })
})

const failure = (reason: Reason) =>
  new CallError({ reason, message: `${reason}.`, advice: '', method: 'POST', path: '/decrypt' })

/** Tries a, b, c … with an answer for each name. */
async function search(answers: Record<string, Reason | 'opens'>, signal = new AbortController().signal) {
  const { tries } = candidatesOf(
    Object.keys(answers).map((name) => named(name)),
    marked,
    undefined,
  )
  const ends: Record<string, AttemptResult> = {}
  const asked: string[] = []
  const end = await tryKeys(tries, {
    signal,
    async attempt({ name }) {
      asked.push(name)
      await Promise.resolve()
      const answer = answers[name]
      if (answer !== undefined && answer !== 'opens') throw failure(answer)
    },
    onEnd(id, how) {
      ends[id.replace(/^.*kms-/, '')] = how
    },
  })
  return { end, ends, asked }
}

describe('the search', () => {
  it('ends at the first key that opens it', async () => {
    const answers = {
      a: 'invalid',
      b: 'opens',
      c: 'invalid',
      d: 'invalid',
      e: 'invalid',
      f: 'invalid',
      g: 'opens',
    } as const
    const { end, ends, asked } = await search(answers)
    expect(end).toMatchObject({ state: 'found', key: { name: 'b' } })
    expect(ends).toEqual({ a: { state: 'closed' }, b: { state: 'opened' } })
    expect(asked).not.toContain('g')
  })

  it('goes on over keys that refuse, and says so of each', async () => {
    const { end, ends } = await search({ a: 'not-found', b: 'invalid', c: 'state' })
    expect(end).toEqual({ state: 'none' })
    expect(ends).toEqual({
      a: { state: 'untried', why: 'not-found.' },
      b: { state: 'closed' },
      c: { state: 'untried', why: 'state.' },
    })
  })

  it('stops at what would stop every try', async () => {
    const { end, ends, asked } = await search({
      a: 'rate-limited',
      b: 'invalid',
      c: 'invalid',
      d: 'invalid',
      e: 'invalid',
    })
    expect(end).toMatchObject({ state: 'stopped', error: { details: { reason: 'rate-limited' } } })
    expect(ends).toEqual({})
    expect(asked).not.toContain('e')
  })

  it('asks nothing once it is cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    expect(await search({ a: 'opens' }, controller.signal)).toEqual({
      end: { state: 'cancelled' },
      ends: {},
      asked: [],
    })
  })

  it('says what none may mean', () => {
    expect(describeSearch({ phase: { state: 'none' }, tries: 3, tried: 3, takesContext: true })).toMatchObject({
      title: 'None of 3 keys opens it.',
      more: 'It was altered, made with another context, or by a key that is not here.',
    })
  })
})
