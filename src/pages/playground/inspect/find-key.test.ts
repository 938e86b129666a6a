import { describe, expect, it } from 'vitest'
import { CallError, type Reason } from '../../../clouds/errors.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import {
  ed25519Key,
  opaqueKey,
  opaqueRsaKey,
  opaqueSigningKey,
  rsaKey,
  versionedKey,
} from '../../shared/testing/provider-keys.ts'
import { describeSearch } from './describe-search.ts'
import { type AttemptResult, candidatesOf, tryKeys } from './find-key.ts'
import { type ParsedCiphertext, parseCiphertext } from './parse-ciphertext.ts'

function readOf(text: string): ParsedCiphertext {
  const inspection = parseCiphertext(text)
  if (inspection.kind !== 'ciphertext') throw new Error(inspection.kind)
  return inspection
}

const marked = readOf(`thalassa:v2:${new Uint8Array(300).toBase64()}`)
const opaque = readOf(new Uint8Array(60).toBase64())
const named = (name: string, more: Partial<KmsKey> = {}): KmsKey => ({
  ...versionedKey,
  id: `kms-${name}`,
  name,
  ...more,
})

describe('candidates', () => {
  it('are keys that could have made the ciphertext: the selected one first, those of another length last', () => {
    const chosen = named('zebra')
    const off = named('off', { status: 'disabled' })
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
    const { candidates, blocked, ruledOut } = candidatesOf(keys, marked, chosen)
    expect(candidates.map(({ key, unlikely }) => [key.name, unlikely])).toEqual([
      ['zebra', false],
      ['a', false],
      ['b', false],
      ['jwt', true],
    ])
    expect(blocked).toMatchObject([{ key: { name: 'off' }, refusal: 'The key is disabled. Enable it first.' }])
    expect(ruledOut).toBe(3)
  })

  it('of a ciphertext as long as an RSA block are first the RSA keys that make such, and no longer ones', () => {
    const larger: KmsKey = { ...opaqueRsaKey, id: 'larger', name: 'larger', type: 'RSA_4096' }
    const names = (bytes: number) => {
      const keys = [opaqueKey, larger, opaqueRsaKey, opaqueSigningKey('RSA_3072')]
      const { candidates } = candidatesOf(keys, readOf(new Uint8Array(bytes).toBase64()), undefined)
      return candidates.map(({ key, unlikely }) => (unlikely ? `(${key.name})` : key.name))
    }
    expect(names(384)).toEqual(['uploads', 'app-config'])
    expect(names(512)).toEqual(['larger', 'app-config', '(uploads)'])
    expect(names(60)).toEqual(['app-config'])
  })

  it('hold a key once, however many locations hold it', () => {
    const primary: KmsKey = { ...opaqueKey, traits: ['multi-zone'] }
    const replica: KmsKey = { ...primary, location: 'de-fra-1', traits: ['replica'] }
    const other: KmsKey = { ...opaqueKey, id: 'other', location: 'de-fra-1' }
    const places = (keys: KmsKey[]) => candidatesOf(keys, opaque, undefined).candidates.map(({ key }) => key.location)
    expect(places([replica, primary, other])).toEqual(['ch-gva-2', 'de-fra-1'])
    const off: KmsKey = { ...primary, status: 'disabled' }
    expect(places([off, replica])).toEqual(['de-fra-1'])
  })
})

const failure = (reason: Reason) =>
  new CallError({ reason, message: `${reason}.`, advice: '', method: 'POST', path: '/decrypt' })

/** Tries a, b, c … with an answer for each name. */
async function search(answers: Record<string, Reason | 'opens'>, signal = new AbortController().signal) {
  const { candidates } = candidatesOf(
    Object.keys(answers).map((name) => named(name)),
    marked,
    undefined,
  )
  const results: Record<string, AttemptResult> = {}
  const tried: string[] = []
  const end = await tryKeys(candidates, {
    signal,
    async attempt({ name }) {
      tried.push(name)
      await Promise.resolve()
      const answer = answers[name]
      if (answer !== undefined && answer !== 'opens') throw failure(answer)
    },
    onResult(id, result) {
      results[id.replace(/^.*kms-/, '')] = result
    },
  })
  return { end, results, tried }
}

describe('the search', () => {
  it('ends at the first key that decrypts the ciphertext', async () => {
    const answers = {
      a: 'invalid',
      b: 'opens',
      c: 'invalid',
      d: 'invalid',
      e: 'invalid',
      f: 'invalid',
      g: 'opens',
    } as const
    const { end, results, tried } = await search(answers)
    expect(end).toMatchObject({ state: 'found', key: { name: 'b' } })
    expect(results).toEqual({ a: { state: 'wrong-key' }, b: { state: 'decrypted' } })
    expect(tried).not.toContain('g')
  })

  it('goes on after keys that refuse, and reports each', async () => {
    const { end, results } = await search({ a: 'not-found', b: 'invalid', c: 'state' })
    expect(end).toEqual({ state: 'none' })
    expect(results).toEqual({
      a: { state: 'refused', message: 'not-found.' },
      b: { state: 'wrong-key' },
      c: { state: 'refused', message: 'state.' },
    })
  })

  it('stops at a failure that every call would meet', async () => {
    const { end, results, tried } = await search({
      a: 'rate-limited',
      b: 'invalid',
      c: 'invalid',
      d: 'invalid',
      e: 'invalid',
    })
    expect(end).toMatchObject({ state: 'stopped', error: { details: { reason: 'rate-limited' } } })
    expect(results).toEqual({})
    expect(tried).not.toContain('e')
  })

  it('sends nothing once it is cancelled', async () => {
    const controller = new AbortController()
    controller.abort()
    expect(await search({ a: 'opens' }, controller.signal)).toEqual({
      end: { state: 'cancelled' },
      results: {},
      tried: [],
    })
  })

  it('explains that no key decrypts the ciphertext', () => {
    expect(describeSearch({ phase: { state: 'none' }, candidates: 3, tried: 3, takesContext: true })).toMatchObject({
      title: 'None of 3 keys decrypts it.',
      explanation: 'Wrong context, changed ciphertext, or a key that this console does not see.',
    })
  })
})
