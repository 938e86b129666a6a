/** Code that the Code tab shows for a key, run as it is shown against a local KMS. No browser takes part. */
import { spawnSync } from 'node:child_process'
import { expect, test } from '@playwright/test'
import { codeOf as codeFor } from '../src/clouds/code-registry.ts'
import { exoscale } from '../src/clouds/exoscale/cloud.ts'
import { exoscaleCode } from '../src/clouds/exoscale/code.ts'
import { readKey as readExoscaleKey } from '../src/clouds/exoscale/read.ts'
import { KmsKey as ExoscaleKey } from '../src/clouds/exoscale/wire.ts'
import type { KmsKey } from '../src/clouds/model.ts'
import type { Snippet } from '../src/clouds/snippet.ts'
import { thalassa } from '../src/clouds/thalassa/cloud.ts'
import { thalassaCode } from '../src/clouds/thalassa/code.ts'
import { readKey as readThalassaKey } from '../src/clouds/thalassa/read.ts'
import { KmsKey as ThalassaKey } from '../src/clouds/thalassa/wire.ts'
import { codeOperations } from '../src/pages/key/code-operations.ts'
import { accessAt } from './api-keys-page.ts'
import { uniqueName } from './fixtures.ts'
import { hasShell, installed, runLines, runRequest, type ShellKms, startShellKms, thalassaOf } from './shell-kms.ts'

const parsers = {
  bash: { available: hasShell, args: ['-n'] },
  gofmt: { available: installed('gofmt', '-h'), args: ['-e'] },
  python3: {
    available: installed('python3', '--version'),
    args: ['-c', 'import ast, sys; ast.parse(sys.stdin.read())'],
  },
  terraform: { available: installed('terraform', '-version'), args: ['fmt', '-'] },
}

/** Output of the parser; undefined where the machine has none. */
function expectParsed(program: keyof typeof parsers, code: string): string | undefined {
  const { available, args } = parsers[program]
  if (!available) return undefined
  const { status, stderr, stdout } = spawnSync(program, args, { input: code, encoding: 'utf8' })
  // A message about anything but the code, such as a missing configuration, is no failure.
  expect({ status, stderr, code }).toMatchObject({ status: 0 })
  return stdout
}

const codeOf = (snippets: readonly Snippet[], label: string) =>
  snippets.find((snippet) => snippet.label === label)?.code ?? ''

/** Whole code stays as it is when it is formatted. */
function expectFormatted(snippets: readonly Snippet[], label: 'Go' | 'Terraform') {
  const code = `${codeOf(snippets, label)}\n`
  if (label === 'Go') expect(code).toMatch(/^package main\n/)
  expect(expectParsed(label === 'Go' ? 'gofmt' : 'terraform', code) ?? code).toBe(code)
}

/** The operation of that label, with code for the key as it is now. */
function operationOf(key: KmsKey, label: string) {
  const found = codeOperations(key).find((one) => one.label === label)
  if (!found) throw new Error(`the key has no operation ${label}`)
  return found
}

const labelsOf = (key: KmsKey) => codeOperations(key).map(({ label }) => label)

const lifecycle = ['Rotate now', 'Set rotation', 'Disable', 'Enable', 'Schedule deletion', 'Cancel deletion']

const kinds = [
  { keyType: 'aes256-gcm96', exportAllowed: true, operations: ['Encrypt', 'Decrypt', 'Export', ...lifecycle] },
  { keyType: 'ecdsa-p256', operations: ['Sign', 'Verify', 'Read public keys', ...lifecycle] },
  { keyType: 'hmac', operations: ['HMAC', 'Verify HMAC', ...lifecycle] },
]

/** What compilers refuse where it stands bare, and what they replace. */
const nasty = '\ufeffa\0\b\f\u007f\ud800 \u202e ${b} %{c} $${d} \\ "e" \'f\' \u2028 \r\n🔑'

test('code to create a key compiles with any text', () => {
  for (const { id, capabilities } of [thalassa, exoscale]) {
    const code = codeFor(id).create({
      location: 'nl-01',
      type: capabilities.algorithms[0]?.name ?? '',
      name: nasty,
      description: nasty,
      labels: { env: nasty },
      annotations: { [nasty]: 'x' },
      exportAllowed: false,
      multiZone: false,
      rotation: { automatic: true },
    })
    expectFormatted(code, 'Go')
    expectFormatted(code, 'Terraform')
    for (const { code: text, language } of code) {
      if (language === 'shell') expectParsed('bash', text)
      if (language === 'python') expectParsed('python3', text)
    }
  }
})

let kms: ShellKms
test.beforeAll(async () => {
  kms = await startShellKms()
})
test.afterAll(() => kms.stop())

for (const { keyType, exportAllowed = false, operations } of kinds)
  test(`code of every operation of a Thalassa key of type ${keyType} runs`, async () => {
    const call = thalassaOf(kms)
    const labels = { env: 'prod', '2nd': '${it’s}' }
    const body = { name: uniqueName('it’s "code"'), keyType, exportAllowed, labels }
    const { identity } = await call<{ identity: string }>('POST', '/v1/kms/nl-01/keys', { body })
    const path = `/v1/kms/nl-01/keys/${identity}`
    const keyNow = async () => readThalassaKey(ThalassaKey.parse(await call('GET', path)), 'nl-01')
    expect(labelsOf(await keyNow())).toEqual(operations)
    const results: Record<string, string> = {}
    for (const name of operations) {
      const { snippets } = operationOf(await keyNow(), name)
      expectParsed('bash', codeOf(snippets, 'tcloud'))
      expectFormatted(snippets, 'Go')
      if (!hasShell) continue
      const answer = await runRequest(
        codeOf(snippets, 'curl')
          .replace('thalassa:v1:YOUR_CIPHERTEXT', results.ciphertext ?? '')
          .replace('thalassa:v1:YOUR_SIGNATURE', results.signature ?? '')
          .replace('thalassa:v1:YOUR_HMAC', results.hmac ?? ''),
        kms.environment,
      )
      expect(answer, name).not.toHaveProperty('message')
      for (const member of ['ciphertext', 'signature', 'hmac']) {
        const value = answer[member]
        if (typeof value === 'string') results[member] = value
      }
      if (name === 'Decrypt') expect(answer.plaintext).toBe('aGVsbG8=')
      if (/^Verify/.test(name)) expect(answer.valid).toBe(true)
      if (name === 'Export') expect(String(answer.keyMaterial)).toHaveLength(44)
      if (name === 'Set rotation') expect(answer).toMatchObject({ keyRotationEnabled: true, rotationPeriodInDays: 90 })
      if (name === 'Disable') expect(answer.status).toBe('disabled')
      if (name === 'Schedule deletion') expect(answer.status).toBe('pending_deletion')
      if (name === 'Cancel deletion') expect(answer.status).toBe('active')
    }
    const resource = thalassaCode.resource(await keyNow())
    expectFormatted(resource, 'Terraform')
    expect(codeOf(resource, 'Import')).toMatch(
      new RegExp(`^terraform import thalassa_kms_key\\.it_s_code_[a-z0-9]+ nl-01/${identity}$`),
    )
  })

const specs = [
  { spec: 'ECC_NIST_P384', usage: 'sign-verify', operations: ['Sign', 'Verify'] },
  { spec: 'ECC_EDWARDS25519', usage: 'sign-verify', operations: ['Sign', 'Verify'] },
  { spec: 'RSA_3072', usage: 'sign-verify', operations: ['Sign', 'Verify'] },
  { spec: 'ML_DSA_65', usage: 'sign-verify', operations: ['Sign', 'Verify'] },
  { spec: 'RSA_3072', usage: 'encrypt-decrypt', operations: ['Encrypt', 'Decrypt', 'Re-encrypt'] },
]

for (const { spec, usage, operations: uses } of specs)
  test(`code of every operation of an Exoscale key of ${spec} for ${usage} runs`, async () => {
    const { EXOSCALE_API_KEY: id = '', EXOSCALE_API_SECRET: secret = '' } = kms.environment
    const { call } = accessAt(`${kms.url}/zone/ch-gva-2`, { key: id, secret })
    const body = { name: uniqueName('code'), usage, 'key-spec': spec, 'multi-zone': true }
    const made = await call<{ id: string }>('POST', '/kms-key', body)
    const key = readExoscaleKey(ExoscaleKey.parse(await call('GET', `/kms-key/${made.id}`)), 'ch-gva-2')
    const lifecycle = ['Replicate', 'Disable', 'Enable', 'Schedule deletion', 'Cancel deletion']
    expect(labelsOf(key)).toEqual([...uses, 'Read public key', ...lifecycle])
    const results: Record<string, string> = {}
    for (const name of [...uses, 'Read public key']) {
      const { snippets } = operationOf(key, name)
      expectParsed('bash', codeOf(snippets, 'exo'))
      expectFormatted(snippets, 'Go')
      expectParsed('python3', codeOf(snippets, 'Python'))
      if (!hasShell) continue
      const answer = await runRequest(
        codeOf(snippets, 'curl')
          .replace('YOUR_CIPHERTEXT', results.ciphertext ?? '')
          .replace('YOUR_SIGNATURE', results.signature ?? ''),
        kms.environment,
      )
      expect(answer, name).not.toHaveProperty('detail')
      for (const member of ['ciphertext', 'signature']) {
        const value = answer[member]
        if (typeof value === 'string') results[member] = value
      }
      if (name === 'Decrypt') expect(answer.plaintext).toBe('aGVsbG8=')
      if (name === 'Verify') expect(answer).toMatchObject({ 'signature-valid': true, 'key-spec': spec })
      if (name === 'Read public key') expect(answer).toMatchObject({ 'public-key': expect.any(String), usage })
    }
    expect(exoscaleCode.resource(key)).toEqual([])
  })

const forExoscale = ['Encrypt', 'Decrypt', 'Re-encrypt', 'Generate data key', 'Rotate now', 'Set rotation', 'Replicate']

for (const zone of ['ch-gva-2', 'de-fra-1'])
  test(`code of every operation of an Exoscale key of ${zone} runs`, async () => {
    const { EXOSCALE_API_KEY: id = '', EXOSCALE_API_SECRET: secret = '' } = kms.environment
    const { call } = accessAt(`${kms.url}/zone/${zone}`, { key: id, secret })
    const made = await call<{ id: string }>('POST', '/kms-key', { name: uniqueName('code'), 'multi-zone': true })
    const keyNow = async () => readExoscaleKey(ExoscaleKey.parse(await call('GET', `/kms-key/${made.id}`)), zone)
    const operations = [...forExoscale, 'Disable', 'Enable', 'Schedule deletion', 'Cancel deletion']
    expect(labelsOf(await keyNow())).toEqual(operations)
    let ciphertext = ''
    for (const name of operations) {
      const { snippets } = operationOf(await keyNow(), name)
      expectParsed('bash', codeOf(snippets, 'exo'))
      expectFormatted(snippets, 'Go')
      expectParsed('python3', codeOf(snippets, 'Python'))
      const code = codeOf(snippets, 'curl')
      if (!hasShell) continue
      if (name === 'Set rotation') {
        // Two calls, so two answers: off, and on again.
        expect(await runLines(code, kms.environment)).toMatch(
          /"automatic":false.*"automatic":true,"rotation-period":365/,
        )
        continue
      }
      const answer = await runRequest(
        code.replace('YOUR_CIPHERTEXT', ciphertext).replace('YOUR_ZONE', 'at-vie-1'),
        kms.environment,
      )
      expect(answer, name).not.toHaveProperty('detail')
      if (typeof answer.ciphertext === 'string' && name !== 'Generate data key') ciphertext = answer.ciphertext
      if (name === 'Decrypt') expect(answer.plaintext).toBe('aGVsbG8=')
      if (name === 'Generate data key') expect(Buffer.from(String(answer.plaintext), 'base64')).toHaveLength(32)
      if (name === 'Replicate') expect(answer.status).toBe('target-registered')
    }
    const resource = exoscaleCode.resource(await keyNow())
    expectFormatted(resource, 'Terraform')
    expect(codeOf(resource, 'Import')).toMatch(
      new RegExp(`^terraform import exoscale_kms_key\\.code_[a-z0-9]+ ${made.id}@${zone}$`),
    )
  })
