/** Mixed calls of a console with a local KMS: both protocols, directly and through the gateway. */
import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Answer, Client } from '../client.ts'

export interface Operation {
  readonly name: string
  /** Calls among all of the mix. */
  readonly weight: number
  /** Rejects without an answer. */
  readonly send: (client: Client) => Promise<Answer>
}

const KEYS = '/v1/kms/nl-01/keys'
/** Project of the keys that are created, so that the listed ones stay as they are. */
const ofProject = { 'x-project-identity': 'platform' }
const ZONE_KEYS = '/v2/kms-key'
/** Keys that are listed. */
const LISTED = 40
/** Created keys that are still rotated, so that none gets many versions. */
const ROTATED = 50

const plaintext = randomBytes(1024).toString('base64')
const name = () => `soak-${randomBytes(8).toString('hex')}`

const Made = z.object({
  identity: z.optional(z.string()),
  id: z.optional(z.string()),
  key: z.optional(z.string()),
  ciphertext: z.optional(z.string()),
})

async function made(answer: Promise<Answer>) {
  const { status, body } = await answer
  if (status >= 300) throw new Error(`answered ${status}: ${body.toString().slice(0, 200)}`)
  return Made.parse(JSON.parse(body.toString()))
}

/** Creates the keys that the mix uses. */
export async function openMix({ thalassa, exoscale }: Client): Promise<readonly Operation[]> {
  const create = async (keyType: string, headers = {}) =>
    (await made(thalassa('POST', KEYS, { name: name(), keyType }, headers))).identity ?? ''
  const cipher = await create('aes256-gcm96')
  const mac = await create('hmac-sha256')
  const ed25519 = await create('ed25519')
  const rsa = await create('rsa-2048')
  for (let nth = 4; nth < LISTED; nth++) await create('aes256-gcm96')
  const { ciphertext } = await made(thalassa('POST', `${KEYS}/${cipher}/encrypt`, { plaintext }))
  const zoneKey = (await made(exoscale('POST', ZONE_KEYS, { name: name() }))).id ?? ''
  const sealed = await made(exoscale('POST', `${ZONE_KEYS}/${zoneKey}/encrypt`, { plaintext }))
  const created = [await create('aes256-gcm96', ofProject)]
  const [from, to] = [new Date(Date.now() - 3_600_000), new Date()].map((time) => time?.toISOString())
  const role = z
    .object({ 'iam-roles': z.array(z.object({ id: z.string() })) })
    .parse(JSON.parse((await exoscale('GET', '/v2/iam-role')).body.toString()))['iam-roles'][0]?.id

  return [
    {
      name: 'encrypt',
      weight: 22,
      send: ({ thalassa }) => thalassa('POST', `${KEYS}/${cipher}/encrypt`, { plaintext }),
    },
    {
      name: 'decrypt',
      weight: 16,
      send: ({ thalassa }) => thalassa('POST', `${KEYS}/${cipher}/decrypt`, { ciphertext }),
    },
    { name: 'hmac', weight: 10, send: ({ thalassa }) => thalassa('POST', `${KEYS}/${mac}/hmac`, { input: plaintext }) },
    {
      name: 'sign, Ed25519',
      weight: 4,
      send: ({ thalassa }) => thalassa('POST', `${KEYS}/${ed25519}/sign`, { input: plaintext }),
    },
    {
      name: 'sign, RSA',
      weight: 1,
      send: ({ thalassa }) => thalassa('POST', `${KEYS}/${rsa}/sign`, { input: plaintext }),
    },
    { name: 'read a key', weight: 8, send: ({ thalassa }) => thalassa('GET', `${KEYS}/${cipher}`) },
    { name: `list ${LISTED} keys`, weight: 2, send: ({ thalassa }) => thalassa('GET', KEYS) },
    {
      name: 'create a key',
      weight: 1,
      async send(client) {
        const answer = await client.thalassa('POST', KEYS, { name: name(), keyType: 'aes256-gcm96' }, ofProject)
        if (answer.status < 300) created.push(Made.parse(JSON.parse(answer.body.toString())).identity ?? '')
        if (created.length > ROTATED) created.shift()
        return answer
      },
    },
    {
      name: 'rotate a key',
      weight: 1,
      send: ({ thalassa }) =>
        thalassa('POST', `${KEYS}/${created[Math.floor(Math.random() * created.length)]}/rotate`, undefined, ofProject),
    },
    {
      name: 'search the audit log',
      weight: 2,
      send: ({ thalassa }) => thalassa('GET', `/v1/audit?limit=20&resourceIdentity=${rsa}`),
    },
    {
      name: 'encrypt, Exoscale',
      weight: 14,
      send: ({ exoscale }) => exoscale('POST', `${ZONE_KEYS}/${zoneKey}/encrypt`, { plaintext }),
    },
    {
      name: 'decrypt, Exoscale',
      weight: 10,
      send: ({ exoscale }) => exoscale('POST', `${ZONE_KEYS}/${zoneKey}/decrypt`, { ciphertext: sealed.ciphertext }),
    },
    { name: 'read a key, Exoscale', weight: 6, send: ({ exoscale }) => exoscale('GET', `${ZONE_KEYS}/${zoneKey}`) },
    { name: 'list keys, Exoscale', weight: 1, send: ({ exoscale }) => exoscale('GET', ZONE_KEYS) },
    {
      name: 'search the events, Exoscale',
      weight: 1,
      send: ({ exoscale }) => exoscale('GET', `/v2/event?from=${from}&to=${to}`),
    },
    {
      name: 'create and delete an API key, Exoscale',
      weight: 1,
      async send({ exoscale }) {
        const { key } = await made(exoscale('POST', '/v2/api-key', { name: name(), 'role-id': role }))
        return exoscale('DELETE', `/v2/api-key/${key}`)
      },
    },
  ]
}
