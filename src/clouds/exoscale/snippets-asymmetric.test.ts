/** Code of November 2026's operations: its order, its releases, and what each language writes. */
import { describe, expect, test } from 'vitest'
import { utf8 } from '../../lib/encodings.ts'
import type { NewKey } from '../cloud.ts'
import { requestCode } from '../code-registry.ts'
import type { KmsKey } from '../model.ts'
import { inDays } from '../period.ts'
import type { Snippet } from '../snippet.ts'
import { keyWith } from '../testing/key.ts'
import { exoscaleCode } from './code.ts'

const keyOf = (type: string, purpose: KmsKey['purpose']) =>
  keyWith({ cloud: 'exoscale', location: 'ch-gva-2', id: '0198-a', name: 'signing', type, purpose, can: [purpose] })

const newKey = (members: Partial<NewKey>): NewKey => ({
  location: 'ch-gva-2',
  name: 'signing',
  description: '',
  labels: {},
  annotations: {},
  type: 'AES_256',
  exportAllowed: false,
  multiZone: false,
  rotation: { automatic: true, period: inDays(365) },
  ...members,
})

const signer = keyOf('ECC_NIST_P384', 'sign')
const rsa = keyOf('RSA_3072', 'encrypt')
const { create, publicKeys, resource, withoutResource, terraformChanges } = exoscaleCode

const codeOf = (snippets: readonly Snippet[] | undefined, label: string) =>
  snippets?.find((snippet) => snippet.label === label)?.code ?? ''
/** Code after the setup of the client. */
const callsOf = (snippets: readonly Snippet[] | undefined, label: string) =>
  codeOf(snippets, label).split('\n\n').at(-1)?.replace(/\n}$/, '').replace(/^\t/gm, '') ?? ''
const releasesOf = (snippets: readonly Snippet[] | undefined) =>
  snippets?.map(({ label, requires }) => `${label}: ${requires ?? 'any'}`)

describe('releases', () => {
  const recent = [
    'curl: any',
    'exo: exo 1.102.1 or newer',
    'Go: egoscale newer than v3.1.59',
    'Python: exoscale newer than 0.16.4',
  ]
  const any = ['exo: any', 'Go: any', 'Python: any', 'curl: any']

  test('curl is first where the tools need a recent one, which each names', () => {
    for (const snippets of [
      requestCode(signer, 'sign', { input: utf8('a') }),
      requestCode(signer, 'verify', { input: utf8('a'), signature: 'AA==' }),
      requestCode(rsa, 'encrypt', { plaintext: utf8('a') }),
      requestCode(rsa, 'decrypt', { ciphertext: 'AA==' }),
      requestCode(keyOf('AES_256', 'encrypt'), 'reEncrypt', {
        ciphertext: 'AA==',
        destination: rsa.id,
        destinationType: rsa.type,
      }),
      publicKeys?.(signer),
    ])
      expect(releasesOf(snippets)).toEqual(recent)
    expect(releasesOf(create(newKey({ type: 'RSA_3072' })))).toEqual([
      ...recent.slice(0, 2),
      'Terraform: any',
      ...recent.slice(2),
    ])
  })

  test('what every release has is as it was', () => {
    const aes = keyOf('AES_256', 'encrypt')
    expect(releasesOf(requestCode(aes, 'encrypt', { plaintext: utf8('"encryption-algorithm"') }))).toEqual(any)
    expect(releasesOf(requestCode(aes, 'dataKey', {}))).toEqual(any)
    expect(releasesOf(requestCode(signer, 'disable', {}))).toEqual(any)
    expect(releasesOf(create(newKey({ name: '"key-spec"' })))).toEqual([any[0], 'Terraform: any', ...any.slice(1)])
  })
})

test('a signature is of the default algorithm, or of the chosen one over a digest', () => {
  const plain = requestCode(signer, 'sign', { input: utf8('hello') })
  expect(callsOf(plain, 'curl')).toBe(
    `exo_call POST /kms-key/0198-a/sign '{"message":"aGVsbG8=","signing-algorithm":"ECDSA_SHA_384"}'`,
  )
  expect(codeOf(plain, 'exo')).toBe(
    ["exo kms crypto sign 0198-a 'aGVsbG8='", '--signing-algorithm ECDSA_SHA_384', '--zone ch-gva-2'].join(' \\\n  '),
  )
  expect(callsOf(plain, 'Go')).toBe(
    [
      'answer := must(client.Sign(ctx, "0198-a", v3.SignRequest{',
      '\tMessage:          must(base64.StdEncoding.DecodeString("aGVsbG8=")),',
      '\tSigningAlgorithm: "ECDSA_SHA_384",',
      '}))',
      'fmt.Println(base64.StdEncoding.EncodeToString(answer.Signature))',
    ].join('\n'),
  )
  const digest = requestCode(signer, 'sign', { input: new Uint8Array(32), hash: 'ECDSA_SHA_256', prehashed: true })
  expect(codeOf(digest, 'exo')).toContain('--signing-algorithm ECDSA_SHA_256 \\\n  --message-type digest')
  expect(callsOf(digest, 'Go')).toContain('MessageType:      "digest",')
  expect(callsOf(digest, 'Python')).toContain('message_type="digest",')
})

test('verification sends the signature and prints the verdict', () => {
  const verify = requestCode(signer, 'verify', { input: utf8('hello'), signature: 'AAEC' })
  expect(codeOf(verify, 'exo')).toContain("exo kms crypto verify 0198-a 'aGVsbG8=' AAEC")
  expect(callsOf(verify, 'Go')).toContain('Signature:        must(base64.StdEncoding.DecodeString("AAEC")),')
  expect(callsOf(verify, 'Go')).toContain('fmt.Println(*answer.SignatureValid)')
  expect(callsOf(verify, 'Python')).toContain('print(answer["signature-valid"])')
})

test('the public key is read in every language', () => {
  const snippets = publicKeys?.(signer)
  expect(callsOf(snippets, 'curl')).toBe('exo_call GET /kms-key/0198-a/get-public-key')
  expect(codeOf(snippets, 'exo')).toBe('exo kms key get-public-key 0198-a \\\n  --zone ch-gva-2')
  expect(callsOf(snippets, 'Go')).toBe(
    [
      'answer := must(client.GetPublicKey(ctx, "0198-a"))',
      'fmt.Println(base64.StdEncoding.EncodeToString(answer.PublicKey))',
    ].join('\n'),
  )
  expect(callsOf(snippets, 'Python')).toBe('answer = client.get_public_key(id="0198-a")\nprint(answer["public-key"])')
})

test('an RSA key encrypts with its algorithm, which the code names', () => {
  const encrypt = requestCode(rsa, 'encrypt', { plaintext: utf8('a') })
  expect(codeOf(encrypt, 'exo')).toContain('--encryption-algorithm RSAES_OAEP_SHA_256')
  expect(callsOf(encrypt, 'Go')).toContain('EncryptionAlgorithm: "RSAES_OAEP_SHA_256",')
  expect(callsOf(encrypt, 'Python')).toContain('encryption_algorithm="RSAES_OAEP_SHA_256"')
})

test('a creation names usage and specification, and sets no rotation', () => {
  const snippets = create(newKey({ type: 'ECC_EDWARDS25519', purpose: 'sign', rotation: { automatic: false } }))
  expect(callsOf(snippets, 'curl')).toBe(
    `exo_call POST /kms-key '{"name":"signing","usage":"sign-verify","key-spec":"ECC_EDWARDS25519","multi-zone":false}'`,
  )
  expect(codeOf(snippets, 'exo')).toBe(
    ['exo kms key create signing', '--usage sign-verify', '--key-spec ECC_EDWARDS25519', '--zone ch-gva-2'].join(
      ' \\\n  ',
    ),
  )
  expect(callsOf(snippets, 'Go')).toContain('KeySpec:   "ECC_EDWARDS25519",')
})

test('in place of Terraform’s resource is the sentence why there is none', () => {
  const sentence = /^Exoscale’s Terraform provider can’t hold this key: /
  expect(withoutResource?.(signer)).toMatch(sentence)
  expect(withoutResource?.({ ...keyOf('AES_256', 'encrypt'), external: { store: 's', key: 'k' } })).toMatch(sentence)
  expect(withoutResource?.(keyOf('AES_256', 'encrypt'))).toBeUndefined()
  expect(resource(signer)).toEqual([])
  expect(terraformChanges.scheduleDeletion?.(signer, {})).toBeUndefined()
  expect(codeOf(create(newKey({ type: 'RSA_4096' })), 'Terraform')).toBe(`# ${withoutResource?.(signer)}`)
})
