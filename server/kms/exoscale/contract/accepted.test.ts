import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EndpointId } from '../../../../src/clouds/exoscale/endpoints.ts'
import { limits } from '../../../../src/clouds/exoscale/rules.ts'
import { revisions } from '../testing/expectations.ts'
import { openTestServer, type TestServer } from '../testing/server.ts'
import { successStatus } from './testing/answers.ts'
import { type Body, edges } from './testing/requests.ts'
import { prepare, withBody } from './testing/targets.ts'

/** Bodies that are valid by the schema but refused by rules beyond it. */
const notAlone: Partial<Record<EndpointId, readonly string[]>> = {
  // The ciphertext needs its own context.
  decrypt: ['encryption-context', 'encryption-algorithm "RSAES'],
  're-encrypt': [
    'source.encryption-context',
    'source.encryption-algorithm "RSAES',
    'destination.encryption-algorithm "RSAES',
  ],
  encrypt: ['encryption-algorithm "RSAES'],
  // Usage, specification and source go together.
  'create-kms-key': ['usage "sign', 'key-spec "ECC', 'key-spec "ML', 'source "external'],
  // A key has one family of algorithms, and digests have one length.
  sign: ['signing-algorithm "RSA', 'signing-algorithm "ED', 'signing-algorithm "ML', 'message-type "digest'],
  // A signature is of one message.
  verify: ['signing-algorithm "', 'message-type "digest', 'message "', 'signature "'],
  // One of the two is required.
  'generate-data-key': ['key-spec left out', 'bytes-count left out'],
}

describe.each(revisions)('revision %s', (revision) => {
  let server: TestServer
  beforeAll(async () => {
    server = await openTestServer({ revision })
  })
  // An accepted policy may refuse everything but this.
  afterEach(() => server.post('/v2/iam-organization-policy:reset'))
  afterAll(() => server.close())

  test.each(withBody(revision))('%s accepts valid bodies at its schema’s limits', async (operation, schema) => {
    const { bodies } = await prepare(server, operation)
    const refused: unknown[] = []
    for (const [index, valid] of bodies.entries()) {
      const variants = [...edges(schema, valid)].map(({ at, what }) => `${at.join('.')} ${what}`)
      for (const [position, said] of ['as it is', ...variants].entries()) {
        const leaves = notAlone[operation] ?? []
        if (leaves.some((one) => said.startsWith(one))) continue
        // Operations that succeed once per object get a new object each time.
        const fresh = await prepare(server, operation)
        const body = [fresh.bodies[index], ...[...edges(schema, fresh.bodies[index])].map(({ value }) => value)][
          position
        ]
        const reply = await server.call(fresh.method, fresh.target, JSON.stringify(body))
        if (reply.status !== successStatus(operation, revision)) refused.push([said, reply.status, reply.text])
      }
    }
    expect(refused).toEqual([])
  })

  describe('limits of the local KMS where none is published', () => {
    const base64 = (length: number) => Buffer.alloc(length).toString('base64')
    const key = { schema: 'create-kms-key', body: { name: 'x' } } as const
    const encryption = { schema: 'encrypt', body: { plaintext: '' } } as const
    const cases: ReadonlyArray<readonly [EndpointId, string, Body, unknown, unknown]> = [
      [key.schema, 'description', key.body, 'd'.repeat(limits.description.max), 'd'.repeat(limits.description.max + 1)],
      [encryption.schema, 'plaintext', encryption.body, base64(limits.plaintext.max), base64(limits.plaintext.max + 1)],
      [
        encryption.schema,
        'encryption-context',
        encryption.body,
        base64(limits.encryptionContext.max),
        base64(limits.encryptionContext.max + 1),
      ],
      [
        'generate-data-key',
        'encryption-context',
        { 'bytes-count': 16 },
        base64(limits.encryptionContext.max),
        base64(limits.encryptionContext.max + 1),
      ],
    ]

    test.each(cases)('%s %s', async (operation, member, body, longest, tooLong) => {
      const { method, target } = await prepare(server, operation)
      const accepted = await server.call(method, target, { ...body, [member]: longest })
      expect(accepted.status).toBe(successStatus(operation, revision))
      const refused = await server.call(method, target, { ...body, [member]: tooLong })
      expect(refused).toMatchObject({ status: 400, body: { detail: expect.stringContaining(member) } })
    })
  })
})
