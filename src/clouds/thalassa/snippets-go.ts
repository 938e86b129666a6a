/** Complete programs for Thalassa with the Go SDK. Credentials are environment variables with the CLI's names. */
import { type GoImport, goProgram, goString, goStruct } from '../../lib/go.ts'
import { algorithmNamed } from '../algorithms.ts'
import type { NewKey } from '../cloud.ts'
import type { Call } from '../http.ts'
import { type KmsKey, projectOf } from '../model.ts'
import type { Snippet } from '../snippet.ts'
import type { GoMethod } from './endpoints.ts'
import { API, MATERIAL_FILE } from './snippets-shell.ts'

const sdk: readonly GoImport[] = [
  { path: 'github.com/thalassa-cloud/client-go/kms' },
  { path: 'github.com/thalassa-cloud/client-go/pkg/client' },
  { path: 'github.com/thalassa-cloud/client-go/thalassa' },
]

const program = (project: string | undefined, statements: readonly string[]): Snippet => ({
  label: 'Go',
  language: 'go',
  code: goProgram(sdk, [
    'ctx := context.Background()',
    'cloud := must(thalassa.NewClient(',
    `\tclient.WithBaseURL(cmp.Or(os.Getenv("THALASSA_API_ENDPOINT"), ${goString(API)})),`,
    '\tclient.WithOrganisation(os.Getenv("THALASSA_ORGANISATION_ID")),',
    ...(project === undefined ? [] : [`\tclient.WithProject(${goString(project)}),`]),
    '\tclient.WithAuthPersonalToken(os.Getenv("THALASSA_PERSONAL_ACCESS_TOKEN")),',
    '))',
    '',
    ...statements,
  ]),
})

/** Words of key types that the SDK's constants don't write in capitals. */
const words: Readonly<Record<string, string>> = { chacha20: 'ChaCha20', poly1305: 'Poly1305', ed25519: 'Ed25519' }

/** Constant of the SDK: `KmsKeyTypeAES256GCM96`; types that this build doesn't know are strings. */
const typeOf = (type: string) =>
  algorithmNamed(type)
    ? `kms.KmsKeyType${type
        .split('-')
        .map((word) => words[word] ?? word.toUpperCase())
        .join('')}`
    : goString(type)

const goMap = (map: Readonly<Record<string, string>>) =>
  `map[string]string{${Object.entries(map)
    .map(([name, value]) => `${goString(name)}: ${goString(value)}`)
    .join(', ')}}`

const printed = (call: string, field: string) => [`answer := must(${call})`, `fmt.Println(answer.${field})`]

type Field = readonly [name: string, value: string]

export function createGo(key: NewKey): Snippet {
  const fields: readonly Field[] = [
    ['Name', goString(key.name)],
    ['KeyType', typeOf(key.type)],
    ...(key.description ? [['Description', goString(key.description)] as const] : []),
    ...(Object.keys(key.labels).length > 0 ? [['Labels', goMap(key.labels)] as const] : []),
    ...(Object.keys(key.annotations).length > 0 ? [['Annotations', goMap(key.annotations)] as const] : []),
    ...(key.exportAllowed ? [['ExportAllowed', 'true'] as const] : []),
    ...(key.material
      ? [
          ['ImportKeyMaterial', 'string(material)'] as const,
          ['HashFunction', goString(key.material.hash)] as const,
          ...(key.material.allowRotation ? [['AllowRotation', 'true'] as const] : []),
        ]
      : []),
    ...(key.rotation.automatic
      ? [['KeyRotationEnabled', 'true'] as const, ['RotationPeriodInDays', '&days'] as const]
      : []),
  ]
  const request = goStruct('kms.CreateKmsKeyRequest', fields)
  return program(key.project, [
    ...(key.rotation.automatic ? [`days := ${key.rotation.period?.value ?? 0}`] : []),
    ...(key.material ? [`material := must(os.ReadFile(${goString(MATERIAL_FILE)}))`] : []),
    ...printed(`cloud.KMS().CreateKey(ctx, ${goString(key.location)}, ${request})`, 'Identity'),
  ])
}

/**
 * SDK methods by HTTP method and path after the key: those of `endpoints.ts`, which a test compares. The first screen would
 * load that table with this file.
 */
export const methods: Readonly<Record<string, GoMethod>> = {
  'POST /encrypt': { name: 'Encrypt', request: 'EncryptRequest', prints: 'Ciphertext' },
  'POST /decrypt': { name: 'Decrypt', request: 'DecryptRequest', prints: 'Plaintext' },
  'POST /sign': { name: 'Sign', request: 'SignRequest', prints: 'Signature' },
  'POST /verify': { name: 'VerifySignature', request: 'VerifySignatureRequest', prints: 'Valid' },
  'POST /hmac': { name: 'HMAC', request: 'HMACRequest', prints: 'HMAC' },
  'POST /verify-hmac': { name: 'VerifyHMAC', request: 'VerifyHMACRequest', prints: 'Valid' },
  'POST /export': { name: 'ExportKey', request: 'ExportKeyRequest', prints: 'KeyMaterial' },
  'GET /public-key': { name: 'GetPublicKey', argument: 'nil', prints: 'Keys' },
  'POST /rotate': { name: 'RotateKey' },
  'PATCH /rotation': { name: 'UpdateRotation', request: 'UpdateRotationRequest' },
  'POST /disable': { name: 'DisableKey' },
  'POST /enable': { name: 'EnableKey' },
  'DELETE ': { name: 'DeleteKey', errorOnly: true },
  'DELETE /cancel-deletion': { name: 'CancelDeletion', errorOnly: true },
}

const goName = (member: string) => (member === 'hmac' ? 'HMAC' : `${member.charAt(0).toUpperCase()}${member.slice(1)}`)

/** Fields of the rotation request are pointers, so their values need names. */
const variables: Readonly<Record<string, string>> = { keyRotationEnabled: 'enabled', rotationPeriodInDays: 'days' }

const goValue = (value: unknown) => (typeof value === 'string' ? goString(value) : String(value))

function statements(call: string, { prints, errorOnly }: GoMethod): readonly string[] {
  if (errorOnly) return [`if err := ${call}; err != nil {`, '\tlog.Fatal(err)', '}']
  return prints === undefined ? [`must(${call})`] : printed(call, prints)
}

export function go(key: KmsKey, { method, path, body }: Call): Snippet {
  const sdkMethod = methods[`${method} ${path.replace(/^\/v1\/kms\/[^/]+\/keys\/[^/]+/, '')}`]
  if (!sdkMethod) throw new Error(`The Go SDK has no method for ${method} ${path}`)
  const members = Object.entries(body ?? {})
  const fields = members.map(
    ([member, value]) => [goName(member), member in variables ? `&${variables[member]}` : goValue(value)] as const,
  )
  const words = [
    'ctx',
    goString(key.location),
    goString(key.id),
    ...(sdkMethod.argument === undefined ? [] : [sdkMethod.argument]),
    ...(sdkMethod.request === undefined ? [] : [goStruct(`kms.${sdkMethod.request}`, fields)]),
  ]
  return program(projectOf(key), [
    ...members.flatMap(([member, value]) => (member in variables ? [`${variables[member]} := ${goValue(value)}`] : [])),
    ...statements(`cloud.KMS().${sdkMethod.name}(${words.join(', ')})`, sdkMethod),
  ])
}
