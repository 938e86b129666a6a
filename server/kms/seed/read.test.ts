import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { curveOf } from '../crypto/curves.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import { curvePkcs8 } from '../crypto/testing/der.ts'
import { KmsStartError } from '../root-key.ts'
import { derivedMaterial } from './derived-material.ts'
import { readSeed, readSeedFile, seedOf } from './read.ts'
import type { Seed } from './seed.ts'
import { newFolder } from './testing/store.ts'

/** Message of the refusal of a seed. */
function refusal(read: () => unknown): string {
  try {
    read()
  } catch (error) {
    if (error instanceof KmsStartError) return error.message
    throw error
  }
  throw new Error('it was taken')
}

const refused = (text: string) =>
  refusal(() => readSeed(text, 'seed.yaml'))
    .split('\n')
    .slice(1)

const AES = 'hex:000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'

describe('errors name line, column, field and remedy', () => {
  test('several errors', () => {
    const text = `thalassa:
  keys:
    - name: a
    - name: b
      labls: { x: one }
    - name: c
      keyType: aes256
      labels: { x: 1 }
exoscale:
  kms_keys: []
  api-keys:
    - { name: x, key: EXOabc }
`
    expect(refused(text)).toEqual([
      '- seed.yaml:5:7 thalassa.keys[1].labls is not known; did you mean labels?',
      expect.stringMatching(/^- seed.yaml:7:7 thalassa.keys\[2\].keyType must be one of aes256-gcm96, /),
      '- seed.yaml:8:17 thalassa.keys[2].labels.x must be a string of up to 1024 characters; put it in quotes',
      '- seed.yaml:12:7 exoscale.api-keys[0].secret is required',
      '- seed.yaml:10:3 exoscale.kms_keys is not known; did you mean kms-keys?',
    ])
  })

  test('a secret in place of a name is not shown, but its place is', () => {
    expect(refused('thalassa:\n  projects:\n    - { name: a, tc_pat_notToBeSeen }')).toEqual([
      '- seed.yaml:3:18 thalassa.projects[0] has a member that is not known; known are identity, name, slug, description, parent, createdAt',
    ])
  })

  test.each([
    ['a list', '[]', '- seed.yaml:1:1 must be an object with the members thalassa and exoscale'],
    ['no YAML', 'thalassa: {', '- seed.yaml:1:12 the indentation is wrong here, or a bracket above is not closed'],
    ['a member twice', 'thalassa: {}\nthalassa: {}', '- seed.yaml:2:1 the same member is here twice'],
    [
      'an alias',
      'thalassa: &a {}\nexoscale: *a',
      '- seed.yaml:2:11 a seed can’t contain an alias; write the value itself',
    ],
    [
      'a name that would be dropped',
      'thalassa: { keys: [{ name: a, labels: { __proto__: x } }] }',
      '- seed.yaml:1:41 a member can’t have the name __proto__',
    ],
    ['two documents', '---\nthalassa: {}\n---\n{}', /^- seed.yaml:3:1 a second document begins here/],
    ['a depth of thousands', '['.repeat(100_000), /^- seed.yaml:\d+:\d+ is /],
    ['a tab', 'thalassa:\n\tkeys: []', /^- seed.yaml:2:1 /],
  ])('%s', (_, text, expected) => {
    const [message] = refused(text)
    expect(message).toEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected))
  })

  const key = (members: string) => `thalassa: { keys: [{ name: a, ${members} }] }`
  const kmsKey = (members: string) => `exoscale: { kms-keys: [{ name: a, ${members} }] }`
  const signingKey = (members: string) => kmsKey(`usage: sign-verify, key-spec: ECC_NIST_P256, ${members}`)
  test.each([
    [
      key('status: pending_deletion'),
      'thalassa.keys[0].deletionScheduledAt is required where status is pending_deletion',
    ],
    [
      key('deletionScheduledAt: 2026-01-01'),
      'thalassa.keys[0].deletionScheduledAt is for the status pending_deletion only',
    ],
    [key('createdAt: soon'), 'createdAt must be a date, or a date and time such as 2026-01-31T12:00:00Z'],
    [key('createdAt: 2026-02-30'), 'createdAt must be a date, or a date and time'],
    [key('keyRotationEnabled: true'), 'rotationPeriodInDays is required where keyRotationEnabled is true'],
    [key('latestVersion: 2, versions: [{}]'), 'latestVersion must be 1, the number of versions'],
    [key('versions: [{ version: 2 }]'), 'versions[0].version must be 1, its place in the list'],
    [
      key('versions: [{ createdAt: 2026-02-01 }, { createdAt: 2026-01-01 }]'),
      'versions[1].createdAt must not be before',
    ],
    [key('identity: key-1'), 'identity must be kms- and up to 64 small letters, digits and dashes'],
    ['thalassa: { keys: [{ name: a }, { name: A }] }', 'thalassa.keys[1] has the same id as another one'],
    [
      'thalassa: { keys: [{ name: a, identity: kms-1 }, { name: A, identity: kms-2 }] }',
      'thalassa.keys[1] has the same name as another one',
    ],
    [kmsKey('status: pending-deletion'), 'delete-at is required where status is pending-deletion'],
    [kmsKey('replicas: [ch-gva-2]'), 'replicas[0] must be another zone than the key’s own'],
    [kmsKey('replicas: [at-vie-1], multi-zone: false'), 'multi-zone must be true where there are replicas'],
    [kmsKey('replicas: [nowhere]'), 'replicas[0] must be one of ch-gva-2, '],
    ['exoscale: { kms-keys: [{ name: exoscale-default, origin-zone: de-fra-1 }] }', 'name is that of the organization'],
    [
      'exoscale: { kms-keys: [{ name: exoscale-default, key-spec: RSA_3072 }] }',
      'key-spec must be AES_256 for the organization',
    ],
    [kmsKey('usage: sign'), 'usage must be encrypt-decrypt or sign-verify'],
    [kmsKey('key-spec: RSA_2048'), 'key-spec must be one of AES_256, ECC_NIST_P256, '],
    [kmsKey('usage: sign-verify'), 'key-spec must be one of ECC_NIST_P256, '],
    [
      kmsKey('key-spec: ML_DSA_65'),
      'key-spec must be one of AES_256, RSA_3072, RSA_4096 for the usage encrypt-decrypt',
    ],
    [signingKey('versions: [{}, {}]'), 'versions must have one entry: keys of ECC_NIST_P256 never rotate'],
    [signingKey('material: { version: 2 }'), 'material.version must be 1: keys of ECC_NIST_P256 never rotate'],
    [
      signingKey('rotation: { automatic: true }'),
      'rotation.automatic must be false: keys of ECC_NIST_P256 never rotate',
    ],
    [
      signingKey('rotation: { manual-count: 1 }'),
      'rotation.manual-count must be 0: keys of ECC_NIST_P256 never rotate',
    ],
    [
      signingKey(`versions: [{ key-material: "${AES}" }]`),
      'key-material must hold an unencrypted PKCS#8 private key in DER',
    ],
    [kmsKey('source: external-key-store'), 'source must be exoscale-kms'],
    [
      'exoscale: { api-keys: [{ name: a, key: EXO1, secret: only-for-tests, role: nobody }] }',
      'exoscale.api-keys[0].role names no role',
    ],
    [
      'exoscale: { iam-roles: [{ name: a, policy: { default-service-strategy: deny, services: { kms: { typ: allow } } } }] }',
      'policy.services.kms.typ is not known; did you mean type?',
    ],
    ['thalassa: { projects: [{ name: a, parent: b }] }', 'projects[0].parent must be the slug of another project'],
  ])('%s', (text, expected) => {
    expect(refused(text).join('\n')).toContain(expected)
  })
})

describe('unfit material', () => {
  const weak = curvePkcs8(curveOf(256).identifier, Buffer.concat([Buffer.alloc(31), Buffer.of(1)]))
  const version = (keyType: string, material: string) =>
    JSON.stringify({ thalassa: { keys: [{ name: 'a', keyType, versions: [{ keyMaterial: material }] }] } })
  test.each([
    ['aes256-gcm96', AES.slice(0, -2), 'must hold 32 bytes for aes256-gcm96, it holds 31'],
    ['aes256-gcm96', AES.slice('hex:'.length), 'it holds 48; put hex: before hex digits'],
    ['aes256-gcm96', 'hex:zz', 'must have pairs of hex digits after hex:'],
    ['aes128-gcm96', 'not base64!', 'must be base64, PEM, or hex: and hex digits'],
    ['hmac-sha512', AES, 'must hold 64 bytes for hmac-sha512, it holds 32'],
    ['chacha20-poly1305', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----', 'must be 32 bytes for chacha20'],
    ['rsa-2048', '-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----', 'must be an unencrypted private key'],
    ['ecdsa-p256', AES, 'must hold an unencrypted PKCS#8 private key in DER'],
    ['ed25519', Buffer.alloc(64, 1).toString('base64'), 'must hold a private key that fits its own public key'],
    ['ecdsa-p256', weak.toString('base64'), 'must hold a random private number'],
  ])('%s, %s', (keyType, material, expected) => {
    const [message = ''] = refused(version(keyType, material))
    expect(message).toContain(`thalassa.keys[0].versions[0].keyMaterial ${expected.startsWith('must') ? expected : ''}`)
    expect(message).toContain(expected)
    expect(message).not.toContain(material.slice(4, 20))
  })

  test.each([
    ['ML_DSA_65', derivedMaterial(knownAlgorithm('ml-dsa-87'), 'test'), 'must hold a private key of type ml-dsa-65'],
    ['ML_DSA_87', derivedMaterial(knownAlgorithm('ed25519'), 'test'), 'must hold a private key of type ml-dsa-87'],
    ['ML_DSA_65', Buffer.alloc(32, 7), 'must hold an unencrypted PKCS#8 private key in DER'],
    [
      'ECC_NIST_P384',
      derivedMaterial(knownAlgorithm('ecdsa-p256'), 'test'),
      'must hold a private key of type ecdsa-p384',
    ],
  ])('of another specification than %s', (spec, material, expected) => {
    const text = Buffer.from(material).toString('base64')
    const key = { name: 'a', usage: 'sign-verify', 'key-spec': spec, versions: [{ 'key-material': text }] }
    const [message = ''] = refused(JSON.stringify({ exoscale: { 'kms-keys': [key] } }))
    expect(message).toContain(`exoscale.kms-keys[0].versions[0].key-material ${expected}`)
    expect(message).not.toContain(text.slice(0, 20))
  })

  test('an unquoted text that YAML reads as a number', () => {
    const text = 'thalassa: { keys: [{ name: a, versions: [{ keyMaterial: 0012 }] }] }'
    expect(refused(text)).toEqual([
      '- seed.yaml:1:44 thalassa.keys[0].versions[0].keyMaterial must be a text: base64, PEM, or hex: and hex digits; put it in quotes',
    ])
  })
})

const keysOf = ({ parts }: Seed) => parts.flatMap(({ keys }) => keys)

test('an empty text is an empty seed', () => {
  for (const text of ['', '# nothing\n', '{}'])
    expect(readSeed(text, 'seed.yaml').parts.flatMap(({ credentials }) => credentials)).toEqual([])
})

test('an object is read like a file; errors name the field', () => {
  expect(keysOf(seedOf({ thalassa: { keys: [{ name: 'a' }] } }))).toHaveLength(2)
  expect(refusal(() => seedOf({ thalassa: { keys: [{ name: '' }] } }))).toContain(
    '- object thalassa.keys[0].name must be a string of 1 to 255 characters',
  )
})

const READS_STDIN = `import(${JSON.stringify(join(import.meta.dirname, 'read.ts'))}).then(({ readSeedFile }) =>
  process.stdout.write(String(readSeedFile('/dev/stdin').parts.flatMap(({ keys }) => keys).length)))`

describe('a file', () => {
  const written = (content: string | Buffer) => {
    const file = join(newFolder(), 'seed.yaml')
    writeFileSync(file, content)
    return file
  }

  test('is YAML or JSON, with a byte-order mark or without', () => {
    const json = JSON.stringify({ exoscale: { 'kms-keys': [{ name: 'a' }] } })
    for (const text of [json, `\uFEFF${json}`]) expect(keysOf(readSeedFile(written(text)))).toHaveLength(2)
  })

  test('may be a pipe', () => {
    const env = { NODE: process.execPath, SCRIPT: READS_STDIN, SEED: '{"thalassa":{"keys":[{"name":"a"}]}}' }
    const content = spawnSync('sh', ['-c', `printf %s "$SEED" | "$NODE" -e "$SCRIPT"`], { env, encoding: 'utf8' })
    expect(content).toMatchObject({ stderr: '', stdout: '2' })
  })

  test.each([
    ['that is not there', () => join(newFolder(), 'none.yaml'), 'no such file'],
    ['that is a folder', newFolder, 'illegal operation on a directory'],
    ['that is no UTF-8', () => written(Buffer.of(0xff, 0xfe, 0x00)), 'save it as UTF-8'],
    ['that is too long', () => written(Buffer.alloc(10 * 1_048_576 + 1, '#')), 'must be at most 10485760 bytes'],
  ])('%s', (_, file, expected) => {
    expect(refusal(() => readSeedFile(file()))).toContain(expected)
  })
})
