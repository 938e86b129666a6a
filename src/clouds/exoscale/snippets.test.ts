import { expect, test } from 'vitest'
import { utf8 } from '../../lib/encodings.ts'
import { requestCode } from '../code-registry.ts'
import type { KmsKey } from '../model.ts'
import { inDays } from '../period.ts'
import type { Snippet } from '../snippet.ts'

const keyOf = (members: Partial<KmsKey> = {}): KmsKey => ({
  cloud: 'exoscale',
  location: 'ch-gva-2',
  id: '0198-a',
  name: 'billing',
  labels: {},
  annotations: {},
  type: 'AES_256',
  purpose: 'encrypt',
  can: ['encrypt'],
  status: 'enabled',
  rotation: { automatic: true, period: inDays(90) },
  latestVersion: 3,
  createdAt: 0,
  traits: [],
  ...members,
})

import { exoscaleCode } from './code.ts'

const { resource, create } = exoscaleCode
const key = keyOf()
const codeOf = (snippets: readonly Snippet[] | undefined, label: string) =>
  snippets?.find((snippet) => snippet.label === label)?.code ?? ''
/** Code after the setup of the client. */
const callsOf = (snippets: readonly Snippet[] | undefined, label: string) =>
  codeOf(snippets, label).split('\n\n').at(-1)?.replace(/\n}$/, '').replace(/^\t/gm, '') ?? ''
const reEncrypt = requestCode(key, 'reEncrypt', {
  ciphertext: 'AAEC',
  context: utf8('a'),
  destination: '0198-b',
})

test('Go decodes base64 to bytes, and imports the used packages', () => {
  const encrypt = requestCode(key, 'encrypt', { plaintext: utf8('hello'), context: utf8('a') })
  expect(callsOf(encrypt, 'Go')).toBe(
    [
      'answer := must(client.Encrypt(ctx, "0198-a", v3.EncryptRequest{',
      '\tPlaintext:         must(base64.StdEncoding.DecodeString("aGVsbG8=")),',
      '\tEncryptionContext: v3.Ptr(must(base64.StdEncoding.DecodeString("YQ=="))),',
      '}))',
      'fmt.Println(base64.StdEncoding.EncodeToString(answer.Ciphertext))',
    ].join('\n'),
  )
  expect(codeOf(encrypt, 'Go')).toContain('"encoding/base64"')
  const rotate = codeOf(requestCode(key, 'rotate', {}), 'Go')
  for (const unused of ['"encoding/base64"', '"fmt"']) expect(rotate).not.toContain(unused)
})

test('re-encryption has both keys, each with its own context', () => {
  expect(callsOf(reEncrypt, 'Go')).toBe(
    [
      'answer := must(client.ReEncrypt(ctx, "0198-a", v3.ReEncryptRequest{',
      '\tSource: &v3.ReEncryptRequestSource{',
      '\t\tKey:               "0198-a",',
      '\t\tCiphertext:        must(base64.StdEncoding.DecodeString("AAEC")),',
      '\t\tEncryptionContext: v3.Ptr(must(base64.StdEncoding.DecodeString("YQ=="))),',
      '\t},',
      '\tDestination: &v3.ReEncryptRequestDestination{Key: "0198-b"},',
      '}))',
      'fmt.Println(base64.StdEncoding.EncodeToString(answer.Ciphertext))',
    ].join('\n'),
  )
  expect(callsOf(reEncrypt, 'Python')).toBe(
    [
      'answer = client.re_encrypt(',
      '    id="0198-a",',
      '    source={"key": "0198-a", "ciphertext": "AAEC", "encryption-context": "YQ=="},',
      '    destination={"key": "0198-b"},',
      ')',
      'print(answer["ciphertext"])',
    ].join('\n'),
  )
  expect(codeOf(reEncrypt, 'exo')).toBe(
    ['exo kms crypto reencrypt 0198-a 0198-b AAEC', "--source-encryption-context 'YQ=='", '--zone ch-gva-2'].join(
      ' \\\n  ',
    ),
  )
})

test('a data key has the standard size or a number of bytes', () => {
  const standard = requestCode(key, 'dataKey', {})
  const long = requestCode(key, 'dataKey', { bytes: 64 })
  expect(callsOf(standard, 'Go')).toContain('v3.GenerateDataKeyRequest{KeySpec: "AES-256"}')
  expect(callsOf(long, 'Go')).toContain('v3.GenerateDataKeyRequest{BytesCount: 64}')
  expect(callsOf(standard, 'Python')).toContain('client.generate_data_key(id="0198-a", key_spec="AES-256")')
  expect(callsOf(long, 'Python')).toContain('bytes_count=64')
  expect(callsOf(long, 'curl')).toBe(`exo_call POST /kms-key/0198-a/generate-data-key '{"bytes-count":64}'`)
  expect(codeOf(standard, 'exo')).toContain('--key-spec AES-256')
  expect(codeOf(long, 'exo')).toContain('--bytes-count 64')
})

test('a change of the period is the same calls in every language', () => {
  const snippets = requestCode(key, 'setRotation', { automatic: true, period: inDays(180) })
  expect(callsOf(snippets, 'Go')).toBe(
    [
      'must(client.DisableKmsKeyRotation(ctx, "0198-a"))',
      'must(client.EnableKmsKeyRotation(ctx, "0198-a", v3.EnableKmsKeyRotationRequest{RotationPeriod: 180}))',
    ].join('\n'),
  )
  expect(callsOf(snippets, 'Python')).toBe(
    [
      'client.disable_kms_key_rotation(id="0198-a")',
      'client.enable_kms_key_rotation(id="0198-a", rotation_period=180)',
    ].join('\n'),
  )
  expect(codeOf(snippets, 'exo')).toContain('key enable-rotation 0198-a')
})

test('every language reaches the key’s own zone', () => {
  const snippets = requestCode(keyOf({ location: 'de-fra-1' }), 'rotate', {})
  expect(codeOf(snippets, 'curl')).toContain('EXOSCALE_ZONE=de-fra-1\n')
  expect(codeOf(snippets, 'exo')).toContain('--zone de-fra-1')
  expect(codeOf(snippets, 'Go')).toContain('client.GetZoneAPIEndpoint(ctx, "de-fra-1")')
  expect(codeOf(snippets, 'Python')).toContain('url=endpoints["de-fra-1"]')
})

test('a creation passes the id to later calls', () => {
  const wanted = {
    location: 'ch-gva-2',
    name: `it's "new"`,
    description: '',
    labels: {},
    annotations: {},
    type: 'AES_256',
    exportAllowed: false,
    multiZone: true,
    rotation: { automatic: true, period: inDays(90) },
  }
  const snippets = create(wanted)
  expect(callsOf(snippets, 'Go')).toBe(
    [
      'answer := must(client.CreateKmsKey(ctx, v3.CreateKmsKeyRequest{',
      `\tName:      "it's \\"new\\"",`,
      '\tUsage:     "encrypt-decrypt",',
      '\tMultiZone: v3.Ptr(true),',
      '}))',
      'fmt.Println(answer.ID)',
      'must(client.DisableKmsKeyRotation(ctx, answer.ID))',
      'must(client.EnableKmsKeyRotation(ctx, answer.ID, v3.EnableKmsKeyRotationRequest{RotationPeriod: 90}))',
    ].join('\n'),
  )
  expect(callsOf(snippets, 'Python')).toBe(
    [
      `answer = client.create_kms_key(name="it's \\"new\\"", usage="encrypt-decrypt", multi_zone=True)`,
      'print(answer["id"])',
      'client.disable_kms_key_rotation(id=answer["id"])',
      'client.enable_kms_key_rotation(id=answer["id"], rotation_period=90)',
    ].join('\n'),
  )
  const [first, ...rest] = callsOf(snippets, 'curl').split('\n')
  expect(first).toMatch(/^ID=\$\(exo_call POST \/kms-key '/)
  expect(rest).toEqual([
    'exo_call POST "/kms-key/$ID/disable-key-rotation"',
    `exo_call POST "/kms-key/$ID/enable-key-rotation" '{"rotation-period":90}'`,
  ])
  expect(codeOf(snippets, 'exo')).toBe(
    [
      `ID=$(exo kms key create 'it'\\''s "new"' \\`,
      '  --multizone \\',
      '  --zone ch-gva-2 \\',
      '  -O json | jq -r .id)',
      'exo kms key disable-rotation "$ID" \\',
      '  --zone ch-gva-2',
      'exo kms key enable-rotation "$ID" \\',
      '  --rotation-period 90 \\',
      '  --zone ch-gva-2',
    ].join('\n'),
  )
  const plain = create({ ...wanted, rotation: { automatic: true, period: inDays(365) } })
  expect(callsOf(plain, 'curl')).toMatch(/^exo_call POST \/kms-key '[^\n]+$/)
  expect(codeOf(plain, 'exo')).not.toContain('ID')
  const dashed = create({ ...wanted, name: '-f', rotation: { automatic: false } })
  expect(codeOf(dashed, 'exo')).toContain('  -O json \\\n  -- -f | jq -r .id)\nexo kms key disable-rotation "$ID"')
})

test('the resource is imported by id and zone', () => {
  expect(resource(keyOf({ name: 'card vault', traits: ['multi-zone'] })).map(({ code }) => code)).toEqual([
    [
      'terraform {\n  required_providers {\n    exoscale = {\n      source = "exoscale/exoscale"\n    }\n  }\n}',
      'resource "exoscale_kms_key" "card_vault" {\n  name       = "card vault"\n  zone       = "ch-gva-2"\n  multi_zone = true\n}',
    ].join('\n\n'),
    'terraform import exoscale_kms_key.card_vault 0198-a@ch-gva-2',
  ])
})
