/** Requests for the fuzzer: calls of every endpoint, valid or with something changed, and arbitrary ones. */
import fc from 'fast-check'
import type { Endpoint } from '../src/clouds/endpoint.ts'
import { endpoints as exoscale } from '../src/clouds/exoscale/endpoints.ts'
import { endpoints as thalassa } from '../src/clouds/thalassa/endpoints.ts'

export type Protocol = 'thalassa' | 'exoscale'

/** Values of earlier answers that requests refer to. */
export interface Known {
  readonly keys: readonly string[]
  readonly ciphertexts: readonly string[]
  readonly apiKeys: readonly string[]
  readonly roles: readonly string[]
  readonly stores: readonly string[]
  readonly signatures: readonly string[]
}

export interface FuzzRequest {
  readonly method: string
  /** Path on the provider's API and query, as sent. */
  readonly path: string
  readonly body?: Buffer
  readonly contentType?: string
  /** Whether the credentials are sent as they are. */
  readonly isSigned: boolean
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** Characters of any kind, with lone surrogates. */
const anyText = fc
  .array(fc.integer({ min: 0, max: 0x10ffff }), { maxLength: 40 })
  .map((points) => String.fromCodePoint(...points))

const pick = <T>(values: readonly T[], number: number): T | undefined => values[number % values.length]

const rules = (expression: string) => ({
  'default-service-strategy': 'allow',
  services: { kms: { type: 'rules', rules: [{ action: 'allow', expression }] } },
})

/** Key types that are generated in milliseconds. */
const keyTypes = ['aes256-gcm96', 'chacha20-poly1305', 'hmac', 'ed25519', 'ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521']

/** Usages and specifications that are generated in milliseconds; most keys are symmetric. */
const kinds = [
  {},
  {},
  { usage: 'encrypt-decrypt', 'key-spec': 'AES_256' },
  { usage: 'sign-verify', 'key-spec': 'ECC_NIST_P256' },
  { usage: 'sign-verify', 'key-spec': 'ECC_EDWARDS25519' },
  { usage: 'sign-verify', 'key-spec': 'ML_DSA_65' },
  { usage: 'sign-verify' },
]

const oaep = { 'encryption-algorithm': 'RSAES_OAEP_SHA_256' }

const signed = (number: number) => ({
  message: base64('hello'),
  'message-type': number % 5 === 0 ? 'digest' : 'raw',
  'signing-algorithm': pick(['ECDSA_SHA_256', 'EDDSA_ED25519', 'ED25519_PH_SHA_512', 'ML_DSA_SHAKE_256'], number),
})

/** An address that no server contacts. */
const proxy = { endpoint: 'https://127.0.0.1:1', auth: { key: 'ACCESSKEY', secret: 'secret' } }

type Bodies = Readonly<Record<string, (known: Known, number: number) => Readonly<Record<string, unknown>>>>

/** Valid bodies by endpoint; an endpoint that is absent takes none. */
const bodies: Readonly<Record<Protocol, Bodies>> = {
  thalassa: {
    'create-key': (_, number) => ({
      name: `key ${number % 200}`,
      keyType: pick(keyTypes, number),
      description: 'made by the fuzzer',
      labels: { env: 'test' },
      exportAllowed: number % 2 === 0,
      ...(number % 3 === 0 && { keyRotationEnabled: true, rotationPeriodInDays: 90 }),
    }),
    encrypt: () => ({ plaintext: base64('hello'), context: base64('a') }),
    decrypt: (known, number) => ({ ciphertext: pick(known.ciphertexts, number) ?? 'thalassa:v1:AAAA' }),
    export: () => ({ version: 1 }),
    sign: () => ({ input: base64('hello'), hashAlgorithm: 'sha2-256' }),
    verify: (known, number) => ({
      input: base64('hello'),
      signature: pick(known.signatures, number) ?? `thalassa:v1:${base64('x')}`,
      hashAlgorithm: 'sha2-256',
    }),
    hmac: () => ({ input: base64('hello'), hashAlgorithm: 'sha2-256' }),
    'verify-hmac': () => ({ input: base64('hello'), hmac: `thalassa:v1:${base64('x')}`, hashAlgorithm: 'sha2-256' }),
    'update-rotation': () => ({ keyRotationEnabled: true, rotationPeriodInDays: 30 }),
  },
  exoscale: {
    'create-kms-key': (_, number) => ({
      name: `key-${number % 200}`,
      description: 'made by the fuzzer',
      ...pick(kinds, number),
      'multi-zone': number % 4 === 0,
    }),
    encrypt: (_, number) => ({
      plaintext: base64('hello'),
      ...(number % 3 === 0 ? oaep : { 'encryption-context': base64('a') }),
    }),
    decrypt: (known, number) => ({
      ciphertext: pick(known.ciphertexts, number) ?? 'AAAA',
      ...(number % 3 === 0 && oaep),
    }),
    sign: (_, number) => signed(number),
    verify: (known, number) => ({ ...signed(number), signature: pick(known.signatures, number) ?? 'AAAA' }),
    're-encrypt': (known, number) => ({
      source: { key: pick(known.keys, number), ciphertext: pick(known.ciphertexts, number) ?? 'AAAA' },
      destination: { key: pick(known.keys, number + 1), ...(number % 3 === 0 && oaep) },
    }),
    'generate-data-key': (_, number) => (number % 2 === 0 ? { 'key-spec': 'AES-256' } : { 'bytes-count': 32 }),
    'enable-kms-key-rotation': () => ({ 'rotation-period': 90 }),
    'schedule-kms-key-deletion': () => ({ 'delay-days': 7 }),
    'replicate-kms-key': (_, number) => ({ zone: pick(['de-fra-1', 'at-vie-1', 'nowhere'], number) }),
    'create-key-store': (_, number) => ({ name: `store ${number % 20}`, proxy }),
    'update-key-store': () => ({ description: 'changed', proxy }),
    'create-api-key': (known, number) => ({ name: `caller ${number % 50}`, 'role-id': pick(known.roles, number) }),
    'create-iam-role': (_, number) => ({ name: `role-${number % 50}`, policy: rules('operation == "encrypt"') }),
    'update-iam-role': () => ({ description: 'changed', labels: { env: 'test' } }),
    'update-iam-role-policy': () => rules('operation in ["encrypt", "decrypt"]'),
  },
}

/** First requests: a key of each type, and the RSA wrapping key, which takes seconds to generate on first use. */
export function preparations(protocol: Protocol): readonly FuzzRequest[] {
  const create = (path: string, body: object): FuzzRequest => ({
    method: 'POST',
    path,
    body: Buffer.from(JSON.stringify(body)),
    contentType: 'application/json',
    isSigned: true,
  })
  if (protocol === 'exoscale')
    return [...kinds.slice(1, -1), { 'key-spec': 'RSA_3072' }].map((kind, index) =>
      create('/v2/kms-key', { name: `first ${index}`, ...kind }),
    )
  const types = [...keyTypes, 'rsa-2048']
  return [
    { method: 'GET', path: '/v1/kms/nl-01/wrapping-key', isSigned: true },
    ...types.map((keyType) => create('/v1/kms/nl-01/keys', { name: keyType, keyType })),
  ]
}

/** Endpoints that can refuse the fuzzer itself, or that make an unlimited number of objects. */
const left = new Set(['update-iam-organization-policy', 'reset-iam-organization-policy'])

const tables: Readonly<Record<Protocol, readonly (readonly [id: string, endpoint: Endpoint])[]>> = {
  thalassa: Object.entries(thalassa),
  exoscale: Object.entries(exoscale).filter(([id]) => !left.has(id)),
}

const oddSegment = fc.constantFrom(
  '..',
  '%2e%2e',
  '%',
  '%00',
  '%ff',
  '__proto__',
  '',
  'constructor',
  '%2F',
  '{id}',
  '.',
)
const oddValue = fc.oneof(
  fc.jsonValue(),
  anyText,
  fc.base64String({ maxLength: 200 }),
  fc.constantFrom<unknown>(
    ...['', 'aGVsbG8=', '0', '-1', '\ud800', '\u0000', '\ufeff', '1e400', 'NaN', 'true', '__proto__', 'v1'],
    ...[null, true, false, 0, -1, 1.5, 2 ** 53, 1e308, [], {}, [[]], { toString: 1 }],
  ),
)
const oddBody = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.json().map((text) => Buffer.from(text)),
  fc
    .constantFrom('', '{', '[', 'null', '{"name":}', '\ufeff{}', '['.repeat(50_000), `{"a":${'{"a":'.repeat(20_000)}`)
    .map((text) => Buffer.from(text)),
)
const contentType = fc.constantFrom(
  ...['application/json; charset=utf-8', 'application/json; charset=utf-16', 'application/problem+json'],
  ...['text/plain', 'multipart/form-data', ';', ''],
)

/** Without the preference for small and extreme numbers, which would choose the same few endpoints. */
const evenly = fc.noBias(fc.nat({ max: 1_000_000 }))

/** Numbers and odd values that decide what a request is. */
const choices = fc.record({
  endpoint: evenly,
  number: evenly,
  change: fc.constantFrom(
    ...['nothing', 'nothing', 'member', 'member', 'drop', 'body', 'type', 'segment', 'query', 'method', 'caller'],
  ),
  member: evenly,
  value: oddValue,
  segment: oddSegment,
  body: oddBody,
  contentType,
  text: anyText,
})

/** @returns `object` with one of its members replaced; a number beyond its members adds one */
function replaced(object: Readonly<Record<string, unknown>>, number: number, value: unknown): string {
  const names = [...Object.keys(object), '__proto__', 'added']
  const name = pick(names, number) ?? 'added'
  // As text: assigning `__proto__` would set the prototype.
  const members = Object.entries({ ...object, ...(name === '__proto__' ? {} : { [name]: value }) })
  const pairs = members.map(([key, one]) => `${JSON.stringify(key)}:${JSON.stringify(one) ?? 'null'}`)
  if (name === '__proto__') pairs.push(`"__proto__":${JSON.stringify(value) ?? 'null'}`)
  return `{${pairs.join(',')}}`
}

function without(object: Readonly<Record<string, unknown>>, number: number): string {
  const name = pick(Object.keys(object), number)
  return JSON.stringify(Object.fromEntries(Object.entries(object).filter(([key]) => key !== name)))
}

function pathOf(endpoint: Endpoint, known: Known, number: number): string {
  const ids: Readonly<Record<string, string | undefined>> = {
    location: number % 20 === 0 ? 'nowhere' : 'nl-01',
    key: pick(known.keys, number),
    apiKey: pick(known.apiKeys, number),
    role: pick(known.roles, number),
    store: pick(known.stores, number),
  }
  return endpoint.path.replaceAll(/:([a-zA-Z]+)/g, (whole, name: string) =>
    whole === ':policy' || whole === ':reset' ? whole : (ids[name] ?? '019eef1b-c320-7416-89a2-8f65eb889ad1'),
  )
}

/** An endless series of requests, the same for the same seed. `known` is read for each request. */
export function* fuzzRequests(protocol: Protocol, known: Known, seed: number): Generator<FuzzRequest, never> {
  const table = tables[protocol]
  for (let round = 0; ; round += 1) {
    for (const chosen of fc.sample(choices, { seed: seed + round, numRuns: 500 })) {
      const { number, change } = chosen
      const entry = pick(table, chosen.endpoint)
      if (!entry) throw new Error('there is no endpoint')
      const [id, endpoint] = entry
      const valid = bodies[protocol][id]?.(known, number)
      const path = pathOf(endpoint, known, number)
      const segments = path.split('/')
      segments[1 + (chosen.member % (segments.length - 1))] = chosen.segment
      const text =
        change === 'member'
          ? replaced(valid ?? {}, chosen.member, chosen.value)
          : change === 'drop' && valid
            ? without(valid, chosen.member)
            : valid && JSON.stringify(valid)
      const body = change === 'body' ? chosen.body : text === undefined ? undefined : Buffer.from(text)
      const query = `?${pick([...(endpoint.query ?? []), 'a'], chosen.member)}=${encodeURIComponent(chosen.text.toWellFormed())}`
      yield {
        method:
          change === 'method'
            ? (pick(['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD'], number) ?? 'GET')
            : endpoint.method,
        path: (change === 'segment' ? segments.join('/') : path) + (change === 'query' ? query : ''),
        ...(body && { body }),
        ...(body && { contentType: change === 'type' ? chosen.contentType : 'application/json' }),
        isSigned: change !== 'caller',
      }
    }
  }
}
