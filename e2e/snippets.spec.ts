/** Code of the console, run as it is shown against a local KMS; results are read from the cloud's API. No browser takes part. */
import { expect, test } from '@playwright/test'
import type { NewKey } from '../src/clouds/cloud.ts'
import { requestCode } from '../src/clouds/code-registry.ts'
import { exoscaleCode } from '../src/clouds/exoscale/code.ts'
import { iam } from '../src/clouds/exoscale/iam.ts'
import { readRole } from '../src/clouds/exoscale/policy.ts'
import { readKey as readExoscaleKey } from '../src/clouds/exoscale/read.ts'
import { KmsKey as ExoscaleKey } from '../src/clouds/exoscale/wire.ts'
import { Role as WireRole } from '../src/clouds/exoscale/wire-organisation.ts'
import { inDays } from '../src/clouds/period.ts'
import type { Snippet } from '../src/clouds/snippet.ts'
import { thalassaCode } from '../src/clouds/thalassa/code.ts'
import { readKey as readThalassaKey } from '../src/clouds/thalassa/read.ts'
import { KmsKey as ThalassaKey } from '../src/clouds/thalassa/wire.ts'
import { utf8 } from '../src/lib/encodings.ts'
import { accessAt, denying } from './api-keys-page.ts'
import { hasShell, installed, runLines, runRequest, type ShellKms, startShellKms, thalassaOf } from './shell-kms.ts'

let kms: ShellKms
test.beforeAll(async () => {
  kms = await startShellKms()
})
test.afterAll(() => kms.stop())

const codeOf = (snippets: readonly Snippet[] | undefined, label: string) =>
  snippets?.find((snippet) => snippet.label === label)?.code ?? ''

const wantedKey = (members: Partial<NewKey> & Pick<NewKey, 'name' | 'location' | 'type'>): NewKey => ({
  description: '',
  labels: {},
  annotations: {},
  exportAllowed: false,
  multiZone: false,
  rotation: { automatic: false },
  ...members,
})

/** Characters that break an unquoted line. */
const nasty = `it's "q" $HOME \`id\` \\ %s !`

const KEYS = '/v1/kms/nl-01/keys'

test.describe('Thalassa', () => {
  for (const project of [undefined, 'payments'])
    test(`code that creates a key in ${project ?? 'the organisation'}`, async () => {
      if (!hasShell) return
      const wanted = wantedKey({
        name: `${nasty} ${project}`,
        location: 'nl-01',
        type: 'aes256-gcm96',
        description: nasty,
        labels: { [nasty]: nasty },
        annotations: { note: nasty },
        exportAllowed: true,
        rotation: { automatic: true, period: inDays(30) },
        ...(project === undefined ? {} : { project }),
      })
      await runRequest(codeOf(thalassaCode.create(wanted), 'curl'), kms.environment)
      const list = (scope?: string) =>
        thalassaOf(kms)<{ name: string }[]>('GET', KEYS, scope === undefined ? {} : { project: scope })
      const named = async (scope?: string) => (await list(scope)).filter(({ name }) => name === wanted.name)
      expect(await named(project)).toMatchObject([
        {
          keyType: 'aes256-gcm96',
          description: nasty,
          labels: { [nasty]: nasty },
          annotations: { note: nasty },
          exportAllowed: true,
          keyRotationEnabled: true,
          rotationPeriodInDays: 30,
        },
      ])
      expect(await named(project === undefined ? 'payments' : undefined)).toEqual([])
    })

  test('code that uses, rotates and deletes a key of a project, in the chosen version', async () => {
    if (!hasShell) return
    const call = thalassaOf(kms)
    const project = 'payments'
    const readBack = async (id: string) => ThalassaKey.parse(await call('GET', `${KEYS}/${id}`, { project }))
    const made = async (keyType: string) => {
      const body = { name: `of a project ${keyType}`, keyType }
      const { identity } = await call<{ identity: string }>('POST', KEYS, { project, body })
      return readThalassaKey(await readBack(identity), 'nl-01', project)
    }
    const signer = await made('ecdsa-p256')
    await runRequest(codeOf(requestCode(signer, 'rotate', {}), 'curl'), kms.environment)
    expect(await readBack(signer.id)).toMatchObject({ latestVersion: 2 })
    const input = { input: utf8(nasty), keyVersion: 1 }
    expect(await runRequest(codeOf(requestCode(signer, 'sign', input), 'curl'), kms.environment)).toMatchObject({
      signature: expect.stringMatching(/^thalassa:v1:/),
      keyVersion: '1',
    })
    const publicKeys = await runRequest(codeOf(thalassaCode.publicKeys?.(signer), 'curl'), kms.environment)
    expect(publicKeys).toMatchObject({ keys: { 1: expect.any(String), 2: expect.any(String) } })
    await runRequest(codeOf(requestCode(signer, 'scheduleDeletion', {}), 'curl'), kms.environment)
    expect(await readBack(signer.id)).toMatchObject({ status: 'pending_deletion' })

    const mac = await made('hmac')
    await runRequest(codeOf(requestCode(mac, 'rotate', {}), 'curl'), kms.environment)
    expect(await runRequest(codeOf(requestCode(mac, 'hmac', input), 'curl'), kms.environment)).toMatchObject({
      keyVersion: '1',
    })
    await runRequest(
      codeOf(requestCode(mac, 'setRotation', { automatic: true, period: inDays(45) }), 'curl'),
      kms.environment,
    )
    expect(await readBack(mac.id)).toMatchObject({ keyRotationEnabled: true, rotationPeriodInDays: 45 })
    await runRequest(codeOf(requestCode(mac, 'setRotation', { automatic: false }), 'curl'), kms.environment)
    expect(await readBack(mac.id)).toMatchObject({ keyRotationEnabled: false })
  })
})

const DAY = 86_400_000

test.describe('Exoscale', () => {
  const at = (zone: string) => {
    const { EXOSCALE_API_KEY: key = '', EXOSCALE_API_SECRET: secret = '' } = kms.environment
    return accessAt(`${kms.url}/zone/${zone}`, { key, secret })
  }

  const rotations = [
    { rotation: { automatic: true, period: inDays(365) }, comes: { automatic: true, 'rotation-period': 365 } },
    { rotation: { automatic: true, period: inDays(90) }, comes: { automatic: true, 'rotation-period': 90 } },
    { rotation: { automatic: false }, comes: { automatic: false } },
  ] as const

  for (const { rotation, comes } of rotations)
    test(`code that creates a key with rotation ${JSON.stringify(rotation)}`, async () => {
      if (!hasShell) return
      const wanted = wantedKey({
        name: `${nasty} ${JSON.stringify(rotation)}`,
        location: 'de-fra-1',
        type: 'AES_256',
        description: nasty,
        multiZone: true,
        rotation,
      })
      await runLines(codeOf(exoscaleCode.create(wanted), 'curl'), kms.environment)
      const { 'kms-keys': keys } = await at('de-fra-1').call<{ 'kms-keys': { name: string }[] }>('GET', '/kms-key')
      expect(keys.filter(({ name }) => name === wanted.name)).toMatchObject([
        { description: nasty, 'multi-zone': true, 'origin-zone': 'de-fra-1', rotation: comes },
      ])
    })

  test('code that creates a key of a specification', async () => {
    if (!hasShell) return
    const wanted = wantedKey({ name: nasty, location: 'ch-gva-2', type: 'RSA_4096', purpose: 'sign' })
    const made = await runRequest(codeOf(exoscaleCode.create(wanted), 'curl'), kms.environment)
    expect(made).toMatchObject({ name: nasty, usage: 'sign-verify', 'key-spec': 'RSA_4096' })
  })

  test('code that creates a specification’s key tells a signature of one message from that of another', async () => {
    if (!hasShell) return
    const wanted = wantedKey({ name: `${nasty} 2`, location: 'de-fra-1', type: 'ECC_NIST_P256', purpose: 'sign' })
    const { id } = await runRequest(codeOf(exoscaleCode.create(wanted), 'curl'), kms.environment)
    const read = await at('de-fra-1').call('GET', `/kms-key/${String(id)}`)
    const key = readExoscaleKey(ExoscaleKey.parse(read), 'de-fra-1')
    const digest = { hash: 'ECDSA_SHA_512', prehashed: true }
    const input = new Uint8Array(64)
    const signed = await runRequest(codeOf(requestCode(key, 'sign', { input, ...digest }), 'curl'), kms.environment)
    const signature = String(signed.signature)
    const verify = (message: Uint8Array) =>
      runRequest(codeOf(requestCode(key, 'verify', { input: message, signature, ...digest }), 'curl'), kms.environment)
    expect(await verify(input)).toMatchObject({ 'signature-valid': true })
    expect(await verify(new Uint8Array(64).fill(1))).toMatchObject({ title: 'Invalid Signature' })
  })

  test('code that changes the period, switches rotation off, and schedules a deletion in days', async () => {
    if (!hasShell) return
    const { call } = at('ch-gva-2')
    const { id } = await call<{ id: string }>('POST', '/kms-key', { name: 'changed' })
    const readBack = async () => ExoscaleKey.parse(await call('GET', `/kms-key/${id}`))
    const keyNow = async () => readExoscaleKey(await readBack(), 'ch-gva-2')
    await runLines(
      codeOf(requestCode(await keyNow(), 'setRotation', { automatic: true, period: inDays(120) }), 'curl'),
      kms.environment,
    )
    expect((await readBack()).rotation).toMatchObject({ automatic: true, 'rotation-period': 120 })
    await runLines(codeOf(requestCode(await keyNow(), 'setRotation', { automatic: false }), 'curl'), kms.environment)
    expect((await readBack()).rotation.automatic).toBe(false)
    await runLines(
      codeOf(requestCode(await keyNow(), 'setRotation', { automatic: true, period: inDays(90) }), 'curl'),
      kms.environment,
    )
    expect((await readBack()).rotation).toMatchObject({ automatic: true, 'rotation-period': 90 })

    const before = Date.now()
    await runRequest(codeOf(requestCode(await keyNow(), 'scheduleDeletion', { days: 9 }), 'curl'), kms.environment)
    const { status, 'delete-at': deleteAt = '' } = await readBack()
    expect(status).toBe('pending-deletion')
    // The API may round to a second.
    expect(Date.parse(deleteAt)).toBeGreaterThanOrEqual(before + 9 * DAY - 1000)
    expect(Date.parse(deleteAt)).toBeLessThanOrEqual(Date.now() + 9 * DAY + 1000)
  })

  test('code that creates an API key of a role prints its secret', async () => {
    if (!hasShell) return
    const api = at('ch-gva-2')
    const role = await api.role('kms-crypto')
    const snippets = iam.createCode('ch-gva-2', { name: nasty, roleId: role.id, roleName: role.name })
    const { key, secret } = await runRequest(codeOf(snippets, 'curl'), kms.environment)
    expect(await api.call('GET', `/api-key/${String(key)}`)).toMatchObject({ name: nasty, 'role-id': role.id })
    const own = accessAt(kms.url, { key: String(key), secret: String(secret) })
    await expect(own.call('POST', '/kms-key', { name: 'not by this role' })).rejects.toThrow(/403/)
  })

  test('code that creates, changes and deletes a role', async () => {
    if (!hasShell) return
    const api = at('ch-gva-2')
    const policyText = JSON.stringify(denying({ kms: { type: 'allow' } }))
    const wanted = { name: nasty, description: nasty, policyText }
    await runRequest(codeOf(iam.createRoleCode('ch-gva-2', wanted), 'curl'), kms.environment)
    const made = await api.role(nasty)
    expect(made).toMatchObject({ description: nasty, policy: JSON.parse(policyText) })
    const changes = {
      description: 'Other',
      policyText: JSON.stringify(
        denying({ kms: { type: 'rules', rules: [{ action: 'allow', expression: `operation == 'encrypt'` }] } }),
      ),
    }
    const role = readRole(WireRole.parse(made))
    await runLines(codeOf(iam.changeRoleCode('ch-gva-2', role, changes), 'curl'), kms.environment)
    expect(await api.role(nasty)).toMatchObject({ description: 'Other', policy: JSON.parse(changes.policyText) })
    await runRequest(codeOf(iam.removeRoleCode('ch-gva-2', role), 'curl'), kms.environment)
    await expect(api.role(nasty)).rejects.toThrow(/there is no role/)
  })

  test('code for the CLI passes on the id of a new key', async () => {
    if (!hasShell || !installed('jq', '--version')) return
    const wanted = wantedKey({
      name: nasty,
      location: 'ch-gva-2',
      type: 'AES_256',
      rotation: { automatic: true, period: inDays(90) },
    })
    // A stand-in for the CLI: it answers a creation with JSON, and anything else with its arguments.
    const standIn = `exo() { case "$*" in *' -O json') echo '{"name":"new","id":"id-1"}' ;; *) echo "$*" ;; esac; }`
    const printed = await runLines(`${standIn}\n${codeOf(exoscaleCode.create(wanted), 'exo')}`, kms.environment)
    expect(printed.trim().split('\n')).toEqual([
      'kms key disable-rotation id-1 --zone ch-gva-2',
      'kms key enable-rotation id-1 --rotation-period 90 --zone ch-gva-2',
    ])
  })
})
