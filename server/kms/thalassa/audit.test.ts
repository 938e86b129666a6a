import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AuditPage } from '../../../src/clouds/thalassa/wire.ts'
import { base64, DAY, type Json, START, startThalassa, type ThalassaServer } from '../testing/thalassa-server.ts'

const keys = '/v1/kms/nl-01/keys'

let kms: ThalassaServer
beforeAll(async () => {
  kms = await startThalassa()
})
afterAll(() => kms.close())

const audit = async (query = '') => (await kms.call('GET', `/v1/audit${query}`)).body
const items = async (query = ''): Promise<readonly Json[]> => Object.values((await audit(query)).items ?? {})
/** Newest entry of an action. */
const newest = async (action: string) => (await items(`?action=${action}&limit=1`))[0]

const secret = 'the words that nobody may read'
const plaintext = base64(secret)

describe('entries', () => {
  it.each([
    ['aes256-gcm96', 'encrypt', { plaintext }, { inputBytes: secret.length, outputBytes: expect.any(Number) }],
    ['hmac', 'hmac', { input: plaintext }, { inputBytes: secret.length, outputBytes: 56 }],
    ['ed25519', 'sign', { input: plaintext }, { inputBytes: secret.length, outputBytes: 100 }],
    ['aes256-gcm96', 'export', {}, { outputBytes: 44 }],
    ['aes256-gcm96', 'rotate', undefined, { keyVersion: '2' }],
  ])('%s: %s has two, with sizes and without content', async (keyType, operation, body, context) => {
    const slug = `${keyType}-${operation}`
    const id = await kms.create({ name: slug, keyType, exportAllowed: true })
    const before = Number((await audit()).totalItems)
    const reply = await kms.call('POST', `${keys}/${slug}/${operation}`, {
      body,
      headers: { 'user-agent': 'auditor/1.0' },
    })
    expect(reply.status).toBe(200)
    const page = AuditPage.parse(await audit('?limit=2'))
    expect(page.totalItems).toBe(before + 2)
    const shared = {
      createdAt: new Date(START).toISOString(),
      eventID: expect.stringMatching(/^evt-[0-9a-v]{20}$/),
      userIdentity: expect.stringMatching(/^usr-/),
      user: expect.objectContaining({ name: 'Administrator' }),
      organizationIdentity: kms.organisation,
      organization: { identity: kms.organisation, name: 'Local organisation', slug: 'local' },
      resourceType: 'kms_key',
      resourceIdentity: id,
    }
    expect(Object.values((await audit('?limit=2')).items ?? {})).toEqual([
      {
        ...shared,
        action: `kms.${operation}`,
        description: `${operation} with key ${slug}`,
        context: {
          region: 'nl-01',
          keySlug: slug,
          keyType,
          outcome: 'success',
          keyVersion: '1',
          client_ip: '127.0.0.1',
          user_agent: 'auditor/1.0',
          ...context,
        },
      },
      {
        ...shared,
        action: 'POST',
        description: `POST ${keys}/${slug}/${operation}`,
        context: {
          client_ip: '127.0.0.1',
          country_code: 'ZZ',
          user_agent: 'auditor/1.0',
          method: 'POST',
          path: `${keys}/${slug}/${operation}`,
          url: `${kms.base}${keys}/${slug}/${operation}`,
          status: 200,
          duration: expect.any(Number),
          credentials_id: expect.stringMatching(/^pat-/),
          credentials_type: 'personal_access_token',
          headers: expect.objectContaining({ 'x-organisation-identity': kms.organisation }),
        },
      },
    ])
  })

  it('decrypt, verify and verify-hmac record the version that was used', async () => {
    const { ciphertext } = (await kms.on('aes256-gcm96-encrypt', 'POST', '/encrypt', { plaintext })).body
    await kms.on('aes256-gcm96-encrypt', 'POST', '/decrypt', { ciphertext })
    const { signature } = (await kms.on('ed25519-sign', 'POST', '/sign', { input: plaintext })).body
    await kms.on('ed25519-sign', 'POST', '/verify', { input: plaintext, signature })
    const { hmac } = (await kms.on('hmac-hmac', 'POST', '/hmac', { input: plaintext })).body
    await kms.on('hmac-hmac', 'POST', '/verify-hmac', { input: plaintext, hmac })
    const length = { inputBytes: secret.length }
    expect(await newest('kms.decrypt')).toMatchObject({
      context: {
        keyVersion: '1',
        outcome: 'success',
        inputBytes: String(ciphertext).length,
        outputBytes: secret.length,
      },
    })
    for (const action of ['kms.verify', 'kms.verify_hmac'])
      expect(await newest(action)).toMatchObject({ context: { keyVersion: '1', outcome: 'success', ...length } })
  })

  it.each([
    ['an undecryptable ciphertext', 'decrypt', { ciphertext: 'thalassa:v1:AAAA' }, 400],
    ['a body that is no object', 'encrypt', [], 400],
    ['the wrong operation for the type', 'sign', { input: plaintext }, 400],
    ['an export that is not allowed', 'export', {}, 400],
  ])('%s is a failure', async (_name, operation, body, status) => {
    const id = await kms.create({ name: `failing ${operation}` })
    expect((await kms.on(id, 'POST', `/${operation}`, body)).status).toBe(status)
    expect(await newest(`kms.${operation}`)).toMatchObject({
      resourceIdentity: id,
      context: { outcome: 'failure', keySlug: `failing-${operation}` },
    })
    expect(await newest('POST')).toMatchObject({ resourceIdentity: id, context: { status } })
  })

  it('a client that leaves in the middle of its body made a bad call, and the server did not fail', async () => {
    const id = await kms.create({ name: 'left' })
    const socket = connect(Number(new URL(kms.base).port), '127.0.0.1')
    const headers = [
      'Host: here',
      `Authorization: Token ${kms.token}`,
      `X-Organisation-Identity: ${kms.organisation}`,
      'Content-Length: 99',
    ]
    socket.write(`POST ${keys}/${id}/encrypt HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n{"plaintext`)
    socket.end()
    await expect
      .poll(() => newest('kms.encrypt'))
      .toMatchObject({ resourceIdentity: id, context: { outcome: 'failure' } })
    expect(await newest('POST')).toMatchObject({ resourceIdentity: id, context: { status: 400 } })
  })

  it('a use without permission is a failed entry of the key; for an unknown key only the generic entry exists', async () => {
    const headers = { authorization: `Token ${kms.thalassa.credential.readerToken}` }
    const total = Number((await audit()).totalItems)
    await kms.call('POST', `${keys}/aes256-gcm96-encrypt/encrypt`, { body: { plaintext }, headers })
    expect(await newest('kms.encrypt')).toMatchObject({
      user: { name: 'Reader' },
      context: { outcome: 'failure', keySlug: 'aes256-gcm96-encrypt' },
    })
    await kms.call('POST', `${keys}/none/encrypt`, { body: { plaintext }, headers })
    expect((await audit()).totalItems).toBe(total + 3)
    const generic = await newest('POST')
    expect(generic).toMatchObject({ context: { status: 404, path: `${keys}/none/encrypt` } })
    expect(generic).not.toHaveProperty('resourceIdentity')
  })

  it('changes without an own action have the generic entry; reads and unauthenticated calls have none', async () => {
    const total = Number((await audit()).totalItems)
    const id = await kms.create({ name: 'changed' })
    await kms.on(id, 'PATCH', '/rotation', { keyRotationEnabled: true, rotationPeriodInDays: 1 })
    await kms.on(id, 'POST', '/disable')
    await kms.on(id, 'POST', '/enable')
    await kms.on(id, 'DELETE')
    await kms.on(id, 'DELETE', '/cancel-deletion')
    const found = await items(`?resourceIdentity=${id}`)
    expect(found.map(({ action, context }) => `${action} ${context?.status}`)).toEqual([
      'DELETE 200',
      'DELETE 200',
      'POST 200',
      'POST 200',
      'PATCH 200',
      'POST 201',
    ])
    await kms.on(id, 'GET')
    await kms.call('GET', keys)
    await kms.call('POST', `${keys}/${id}/encrypt`, { body: { plaintext }, headers: { authorization: 'Token x' } })
    expect((await audit()).totalItems).toBe(total + 6)
  })

  it('a scheduled rotation has no user and no address, but its project', async () => {
    const { body } = await kms.call('POST', keys, {
      body: { name: 'due', keyRotationEnabled: true, rotationPeriodInDays: 2 },
      headers: { 'x-project-identity': 'payments' },
    })
    kms.clock.time += 2 * DAY
    const total = Number((await audit()).totalItems)
    expect((await kms.runDueJobs()).rotated).toBe(2)
    expect((await audit()).totalItems).toBe(total + 2)
    const [entry] = await items(`?action=kms.rotate.scheduled&resourceIdentity=${body.identity}`)
    expect(entry).toEqual({
      createdAt: new Date(kms.clock.time).toISOString(),
      eventID: expect.any(String),
      action: 'kms.rotate.scheduled',
      organizationIdentity: kms.organisation,
      organization: expect.any(Object),
      description: 'scheduled rotation of key due',
      resourceType: 'kms_key',
      resourceIdentity: body.identity,
      projectId: body.projectId,
      context: {
        region: 'nl-01',
        projectId: body.projectId,
        keySlug: 'due',
        keyType: 'aes256-gcm96',
        outcome: 'success',
        keyVersion: '2',
      },
    })
  })

  it('a service account is recorded as one', async () => {
    const { client } = kms.thalassa.credential
    const headers = { authorization: `Bearer ${await kms.accessToken(client)}`, 'x-project-identity': 'payments' }
    await kms.call('POST', `${keys}/due/encrypt`, { body: { plaintext }, headers })
    const entry = await newest('POST')
    expect(entry).toMatchObject({
      serviceAccountIdentity: expect.stringMatching(/^sa-/),
      serviceAccount: { name: 'Automation' },
      projectId: expect.stringMatching(/^prj-/),
      context: { credentials_id: client.id, credentials_type: 'access_credential' },
    })
    expect(entry).not.toHaveProperty('userIdentity')
    expect((await items(`?serviceAccount=${entry?.serviceAccountIdentity}`)).length).toBe(2)
  })

  it('contain no secret, and files contain secrets only wrapped', async () => {
    const exported = (await kms.on('aes256-gcm96-export', 'POST', '/export', {})).body.keyMaterial
    const { ciphertext } = (await kms.on('aes256-gcm96-encrypt', 'POST', '/encrypt', { plaintext })).body
    const { token, readerToken, cryptoToken, client } = kms.thalassa.credential
    const secrets = [secret, plaintext, exported, ciphertext, token, readerToken, cryptoToken, client.secret].map(
      String,
    )
    const { totalItems } = await audit()
    let text = ''
    for (let page = 1; page <= Number(totalItems) / 100 + 1; page += 1)
      text += JSON.stringify(await audit(`?limit=100&page=${page}`))
    const files = Buffer.concat([kms.database, `${kms.database}-wal`].map((file) => readFileSync(file)))
    for (const one of secrets) {
      expect(text).not.toContain(one)
      expect(files.includes(one)).toBe(false)
    }
    expect(text.match(/"eventID"/g)).toHaveLength(Number(totalItems))
  })
})

it('a call fails if its entry can’t be stored', async () => {
  const broken = await startThalassa()
  const id = await broken.create()
  const database = new DatabaseSync(broken.database)
  database.exec('ALTER TABLE audit_commits RENAME TO elsewhere')
  expect(await broken.on(id, 'POST', '/encrypt', { plaintext })).toMatchObject({
    status: 503,
    body: { message: "the audit log can't be written: the call was refused, and nothing was changed" },
  })
  expect(broken.failures).toHaveLength(1)
  database.exec('ALTER TABLE elsewhere RENAME TO audit_commits')
  database.close()
  expect((await broken.on(id, 'POST', '/encrypt', { plaintext })).status).toBe(200)
  await broken.close()
})
