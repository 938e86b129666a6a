import { describe, expect, test } from 'vitest'
import { toBase64, utf8 } from '../../lib/encodings.ts'
import type { NewKey } from '../cloud.ts'
import { requestCode } from '../code-registry.ts'
import { inDays } from '../period.ts'
import type { Snippet } from '../snippet.ts'
import { keyWith } from '../testing/key.ts'
import { thalassaCode } from './code.ts'
import { endpoints, type ThalassaEndpoint } from './endpoints.ts'
import { methods } from './snippets-go.ts'

const wanted: NewKey = {
  location: 'nl-01',
  name: 'orders',
  description: '',
  labels: {},
  annotations: {},
  type: 'aes256-gcm96',
  exportAllowed: false,
  multiZone: false,
  rotation: { automatic: false },
}

const { create, resource, publicKeys } = thalassaCode
const key = keyWith()
const codeOf = (snippets: readonly Snippet[] | undefined, label: string) =>
  snippets?.find((snippet) => snippet.label === label)?.code ?? ''
/** Code after the setup of the client. */
const callsOf = (snippets: readonly Snippet[] | undefined) =>
  codeOf(snippets, 'Go').split('\n\n').at(-1)?.replace(/\n}$/, '').replace(/^\t/gm, '') ?? ''

describe('Go', () => {
  test('is a complete program with credentials from the environment', () => {
    expect(codeOf(requestCode(key, 'sign', { input: utf8('hello'), hash: 'sha2-512' }), 'Go')).toBe(
      [
        'package main',
        '',
        'import (',
        '\t"cmp"',
        '\t"context"',
        '\t"fmt"',
        '\t"log"',
        '\t"os"',
        '',
        '\t"github.com/thalassa-cloud/client-go/kms"',
        '\t"github.com/thalassa-cloud/client-go/pkg/client"',
        '\t"github.com/thalassa-cloud/client-go/thalassa"',
        ')',
        '',
        'func must[T any](value T, err error) T {',
        '\tif err != nil {',
        '\t\tlog.Fatal(err)',
        '\t}',
        '\treturn value',
        '}',
        '',
        'func main() {',
        '\tctx := context.Background()',
        '\tcloud := must(thalassa.NewClient(',
        '\t\tclient.WithBaseURL(cmp.Or(os.Getenv("THALASSA_API_ENDPOINT"), "https://api.thalassa.cloud")),',
        '\t\tclient.WithOrganisation(os.Getenv("THALASSA_ORGANISATION_ID")),',
        '\t\tclient.WithAuthPersonalToken(os.Getenv("THALASSA_PERSONAL_ACCESS_TOKEN")),',
        '\t))',
        '',
        '\tanswer := must(cloud.KMS().Sign(ctx, "nl-01", "kms-1", kms.SignRequest{',
        `\t\tInput:         "${toBase64(utf8('hello'))}",`,
        '\t\tHashAlgorithm: "sha2-512",',
        '\t}))',
        '\tfmt.Println(answer.Signature)',
        '}',
      ].join('\n'),
    )
  })

  test('names values that the SDK takes by pointer', () => {
    expect(callsOf(requestCode(key, 'setRotation', { automatic: true, period: inDays(30) }))).toBe(
      [
        'enabled := true',
        'days := 30',
        'must(cloud.KMS().UpdateRotation(ctx, "nl-01", "kms-1", kms.UpdateRotationRequest{',
        '\tKeyRotationEnabled:   &enabled,',
        '\tRotationPeriodInDays: &days,',
        '}))',
      ].join('\n'),
    )
    expect(callsOf(create({ ...wanted, rotation: { automatic: true, period: inDays(30) } }))).toBe(
      [
        'days := 30',
        'answer := must(cloud.KMS().CreateKey(ctx, "nl-01", kms.CreateKmsKeyRequest{',
        '\tName:                 "orders",',
        '\tKeyType:              kms.KmsKeyTypeAES256GCM96,',
        '\tKeyRotationEnabled:   true,',
        '\tRotationPeriodInDays: &days,',
        '}))',
        'fmt.Println(answer.Identity)',
      ].join('\n'),
    )
  })

  test('stops at an error of a method without a result', () => {
    const code = requestCode(key, 'scheduleDeletion', {})
    expect(callsOf(code)).toBe(
      ['if err := cloud.KMS().DeleteKey(ctx, "nl-01", "kms-1"); err != nil {', '\tlog.Fatal(err)', '}'].join('\n'),
    )
    for (const unused of ['"fmt"', 'client-go/kms"']) expect(codeOf(code, 'Go')).not.toContain(unused)
  })

  test('handles fields with other names, and types without a constant', () => {
    const input = utf8('a')
    expect(callsOf(requestCode(key, 'verifyHmac', { input, hmac: 'x' }))).toContain('\tHMAC:  "x",')
    expect(callsOf(publicKeys?.(key))).toContain('cloud.KMS().GetPublicKey(ctx, "nl-01", "kms-1", nil)')
    expect(callsOf(create({ ...wanted, type: 'new-type' }))).toContain('KeyType: "new-type",')
  })

  test.each([
    ['aes128-gcm96', 'AES128GCM96'],
    ['aes256-gcm96', 'AES256GCM96'],
    ['chacha20-poly1305', 'ChaCha20Poly1305'],
    ['ed25519', 'Ed25519'],
    ['ecdsa-p256', 'ECDSAP256'],
    ['ecdsa-p384', 'ECDSAP384'],
    ['ecdsa-p521', 'ECDSAP521'],
    ['rsa-2048', 'RSA2048'],
    ['rsa-3072', 'RSA3072'],
    ['rsa-4096', 'RSA4096'],
    ['hmac', 'HMAC'],
    ['hmac-sha256', 'HMACSHA256'],
    ['hmac-sha512', 'HMACSHA512'],
  ])('the type %s has a constant of the SDK', (type, constant) => {
    expect(callsOf(create({ ...wanted, type }))).toContain(`KeyType: kms.KmsKeyType${constant},`)
  })
})

test('Go methods of calls on a key are those of the endpoint table', () => {
  const KEY = '/v1/kms/:location/keys/:key'
  const ofKeys = Object.values<ThalassaEndpoint>(endpoints).flatMap(({ method, path, go }) =>
    go && path.startsWith(KEY) ? [[`${method} ${path.slice(KEY.length)}`, go] as const] : [],
  )
  expect(methods).toEqual(Object.fromEntries(ofKeys))
})

describe('a project', () => {
  const inProject = keyWith({ projectId: 'prj-1', project: 'payments' })
  const snippets = requestCode(inProject, 'rotate', {})

  test('is included in every language', () => {
    expect(codeOf(snippets, 'curl')).toContain(" \\\n  -H 'X-Project-Identity: prj-1'")
    expect(codeOf(snippets, 'tcloud')).toBe('tcloud kms keys rotate kms-1 \\\n  --project prj-1 \\\n  --region nl-01')
    expect(codeOf(snippets, 'Go')).toContain('\n\t\tclient.WithProject("prj-1"),\n')
    expect(codeOf(resource(inProject), 'Terraform')).toMatch(
      /\n\nprovider "thalassa" \{\n {2}project_id = "prj-1"\n\}\n\nresource /,
    )
    expect(codeOf(publicKeys?.(inProject), 'tcloud')).toContain('--project prj-1')
  })

  test('is that of the request if the answer has none', () => {
    expect(codeOf(requestCode(keyWith({ project: 'payments' }), 'rotate', {}), 'curl')).toContain(
      "'X-Project-Identity: payments'",
    )
  })

  test('is that of a new key', () => {
    const created = create({ ...wanted, project: 'payments' })
    expect(codeOf(created, 'curl')).toContain("'X-Project-Identity: payments'")
    expect(codeOf(created, 'tcloud')).toContain('--project payments')
    expect(codeOf(created, 'Terraform')).toContain('project_id = "payments"')
    expect(codeOf(created, 'Go')).toContain('client.WithProject("payments")')
  })

  test('is omitted for the organisation’s own keys', () => {
    const without = [...requestCode(key, 'rotate', {}), ...create(wanted), ...resource(key)]
    for (const { code, label } of without) expect(code, label).not.toMatch(/project/i)
  })
})

test('the selected version is requested in every language', () => {
  const input = { input: utf8('a'), keyVersion: 2 }
  for (const snippets of [
    requestCode(key, 'encrypt', { plaintext: input.input, keyVersion: 2 }),
    requestCode(key, 'sign', input),
    requestCode(key, 'hmac', input),
    requestCode(key, 'export', { keyVersion: 2 }),
  ]) {
    expect(codeOf(snippets, 'curl')).toContain('"keyVersion": "2"')
    expect(codeOf(snippets, 'tcloud')).toContain('--key-version 2')
    expect(codeOf(snippets, 'Go')).toMatch(/KeyVersion: +"2"/)
  }
})

test('the CLI asks nothing, and its lines name the release that has the commands', () => {
  for (const snippets of [requestCode(key, 'export', {}), requestCode(key, 'scheduleDeletion', {})])
    expect(codeOf(snippets, 'tcloud')).toMatch(/ \\\n {2}--force$/)
  for (const { label, requires } of [...requestCode(key, 'rotate', {}), ...create(wanted)])
    expect(requires, label).toBe(label === 'tcloud' ? 'tcloud 0.21.0 or newer' : undefined)
})

test('imported material is read from a file in every language, and is not shown', () => {
  const material = { wrapped: 'QUJD'.repeat(200), hash: 'SHA384', allowRotation: true }
  const code = create({ ...wanted, name: `it's "as code"`, material })
  expect(codeOf(code, 'curl')).toContain(`"importKeyMaterial": "'"$(cat import.b64)"'"`)
  expect(codeOf(code, 'tcloud')).toContain('--import-key-material "$(cat import.b64)"')
  expect(codeOf(code, 'Terraform')).toMatch(/import_key_material += file\("import\.b64"\)/)
  expect(codeOf(code, 'Go')).toMatch(/ImportKeyMaterial: +string\(material\)/)
  for (const snippet of code) {
    expect(snippet.code, snippet.label).toContain('SHA384')
    expect(snippet.code, snippet.label).not.toContain('QUJD')
  }
})

test('the resource has what the key has, and is imported by region and identity', () => {
  const [terraform, line] = resource(keyWith({ name: 'card vault', status: 'disabled' }))
  expect(terraform?.code).toBe(
    [
      'terraform {',
      '  required_providers {',
      '    thalassa = {',
      '      source = "thalassa-cloud/thalassa"',
      '    }',
      '  }',
      '}',
      '',
      'resource "thalassa_kms_key" "card_vault" {',
      '  region                  = "nl-01"',
      '  name                    = "card vault"',
      '  key_type                = "aes256-gcm96"',
      '  export_allowed          = true',
      '  key_rotation_enabled    = true',
      '  rotation_period_in_days = 90',
      '  status                  = "disabled"',
      '}',
    ].join('\n'),
  )
  expect(line?.code).toBe('terraform import thalassa_kms_key.card_vault nl-01/kms-1')
})
