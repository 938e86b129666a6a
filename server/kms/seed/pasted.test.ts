import { expect, test } from 'vitest'
import { DEFAULT_KEY_SPEC, keySpecOf } from '../../../src/clouds/exoscale/key-specs.ts'
import { apiRevisions, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { signatureHeader } from '../../gateway/exoscale/signature.ts'
import { applySeed } from './apply.ts'
import { readSeed } from './read.ts'
import { openSeeded, openSeedTarget } from './testing/store.ts'

const seed = `
thalassa:
  keys:
    - name: app
      labels: { env: prod }
      projectId: payments
      keyRotationEnabled: true
      rotationPeriodInDays: 3650
      versions: [{}, { createdAt: 2026-02-01 }]
    - { name: old, status: pending_deletion, deletionScheduledAt: 2099-01-01 }
exoscale:
  kms-keys:
    - { name: invoices, replicas: [de-fra-1], versions: [{}, {}] }
    - { name: old, status: pending-deletion, delete-at: 2099-01-01 }
`

/** Keys that only the newest revision has words for. */
const newer = `
    - { name: releases, usage: sign-verify, key-spec: ECC_NIST_P256, multi-zone: true, replicas: [at-vie-1] }
    - { name: archive, usage: sign-verify, key-spec: ML_DSA_65 }
`

/** Response with a key, or with a list of either provider. */
interface KeyAnswer {
  readonly [member: string]: unknown
  readonly 'kms-keys'?: KeyAnswer[]
}

test.each(apiRevisions)(
  'answers of both providers can be pasted as keys of a seed, revision %s',
  async (exoscaleApi) => {
    const given = includes(exoscaleApi, '2026-11') ? `${seed}${newer}` : seed
    const kms = await openSeeded({ seed: readSeed(given, 'seed.yaml'), exoscaleApi })
    const { thalassa, exoscale } = kms.credentials
    const read = async (request: Request): Promise<KeyAnswer[]> => {
      const answer = (await (await kms.fetch(request)).json()) as KeyAnswer | KeyAnswer[]
      if (Array.isArray(answer)) return answer
      return answer['kms-keys'] ?? [answer]
    }
    const ofThalassa = (project: string) =>
      read(
        new Request(`http://kms.local/v1/kms/nl-01/keys?project=${project}`, {
          headers: { authorization: `Token ${thalassa.token}`, 'x-organisation-identity': thalassa.organisation },
        }),
      )
    const ofExoscale = (path: string) => {
      const url = new URL(`http://kms.local/v2/kms-key${path}`)
      const signed = { method: 'GET', url, body: new Uint8Array() }
      const authorization = signatureHeader(signed, exoscale, Math.floor(Date.now() / 1000) + 600)
      return read(new Request(url, { headers: { authorization } }))
    }
    const listed = await ofExoscale('')
    const [{ id } = {}] = listed.filter(({ name }) => name === 'invoices')
    const kmsKeys = [...(await ofExoscale(`/${id}`)), ...listed.filter(({ name }) => name !== 'invoices')]
    const keys = [...(await ofThalassa('')), ...(await ofThalassa('payments'))]
    expect([keys.length, kmsKeys.length]).toEqual([2, includes(exoscaleApi, '2026-11') ? 5 : 3])
    const pasted = JSON.stringify({ thalassa: { keys }, exoscale: { 'kms-keys': kmsKeys } })

    const again = await openSeeded({ seed: readSeed(pasted, 'pasted.json'), exoscaleApi })
    expect(again.credentials.thalassa.token).not.toBe(thalassa.token)
    const target = await openSeedTarget()
    await applySeed(target, readSeed(given, 'seed.yaml'))
    await applySeed(target, readSeed(pasted, 'pasted.json'))
    for (const { identity } of keys)
      expect(target.store.get({ cloud: 'thalassa', location: 'nl-01', id: String(identity) })).toMatchObject({
        revision: keys.find((key) => key.identity === identity)?.objectVersion,
      })
    for (const { id, 'origin-zone': location, ...key } of kmsKeys) {
      const stored = target.store.get({ cloud: 'exoscale', location: String(location), id: String(id) })
      const usage = key.usage === 'sign-verify' ? { usage: key.usage } : {}
      const spec = String(key['key-spec'] ?? DEFAULT_KEY_SPEC)
      expect(stored && keySpecOf(stored.algorithm)).toBe(spec)
      expect(stored?.attributes).toMatchObject(usage)
    }
  },
)
