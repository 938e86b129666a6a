/** Thalassa calls as people run them: curl, the CLI, Terraform, the Go SDK. Credentials are environment variables. */

import { goString, goStruct } from '../../lib/go.ts'
import { type HclValue, hclBlock, hclIdentifier } from '../../lib/hcl.ts'
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { NewKey, Snippet } from '../cloud.ts'
import type { Call } from '../http.ts'
import type { KmsKey } from '../model.ts'

const BASE = 'https://api.thalassa.cloud'

/** Where wrapped material is read from: it is long and says nothing to people. */
const MATERIAL_FILE = 'import.b64'

/** A body as a word for the shell; material is put in by the shell itself. */
function bodyWord(body: unknown): string {
  const word = shellQuote(JSON.stringify(body, null, 2).replaceAll('\n', '\n  '))
  // Only a member of the body itself starts a line after four spaces: line feeds inside of texts are escaped.
  return word.replace(/^( {4}"importKeyMaterial": ")[^"]*/m, (_, start) => `${start}'"$(cat ${MATERIAL_FILE})"'`)
}

/** The names are those that the vendor's CLI reads; the project header is sent only in project scope. */
export function curl(call: Call, project: string | undefined): Snippet {
  const lines = [
    `curl -sS -X ${call.method} "\${THALASSA_API_ENDPOINT:-${BASE}}${call.path}"`,
    '-H "Authorization: Token $THALASSA_PERSONAL_ACCESS_TOKEN"',
    '-H "X-Organisation-Identity: $THALASSA_ORGANISATION_ID"',
    ...(project === undefined ? [] : ['-H "X-Project-Identity: $THALASSA_PROJECT_ID"']),
    ...(call.body === undefined ? [] : ['-H "Content-Type: application/json"', `-d ${bodyWord(call.body)}`]),
  ]
  return { label: 'curl', language: 'shell', code: shellCommand(lines) }
}

export const tcloud = (words: readonly string[]): Snippet => ({
  label: 'tcloud',
  language: 'shell',
  code: shellCommand([`tcloud kms ${words[0] ?? ''}`, ...words.slice(1)]),
})

/** Flags for a map, one for each entry: `--labels env=prod`. */
const mapFlags = (flag: string, map: Readonly<Record<string, string>>) =>
  Object.entries(map).map(([name, value]) => `--${flag} ${shellQuote(`${name}=${value}`)}`)

export const createCli = (region: string, key: NewKey): Snippet =>
  tcloud([
    'keys create',
    `--region ${shellQuote(region)}`,
    `--name ${shellQuote(key.name)}`,
    `--key-type ${shellQuote(key.type)}`,
    ...(key.description ? [`--description ${shellQuote(key.description)}`] : []),
    ...mapFlags('labels', key.labels),
    ...mapFlags('annotations', key.annotations),
    ...(key.exportAllowed ? ['--export-allowed'] : []),
    ...(key.material
      ? [
          `--import-key-material "$(cat ${MATERIAL_FILE})"`,
          `--hash-function ${key.material.hash}`,
          ...(key.material.allowRotation ? ['--allow-rotation'] : []),
        ]
      : []),
    ...(key.rotation.automatic
      ? ['--rotation-enabled', `--rotation-period-days ${key.rotation.periodInDays ?? ''}`]
      : []),
  ])

const RESOURCE = 'thalassa_kms_key'

const resource = (name: string, members: Record<string, HclValue>): Snippet => ({
  label: 'Terraform',
  language: 'hcl',
  code: hclBlock(['resource', RESOURCE, hclIdentifier(name)], members),
})

type Declared = Omit<NewKey, 'location' | 'project' | 'multiZone'>

const resourceMembers = (region: string, key: Declared): Record<string, HclValue> => ({
  region,
  name: key.name,
  key_type: key.type,
  ...(key.description ? { description: key.description } : {}),
  ...(Object.keys(key.labels).length > 0 ? { labels: key.labels } : {}),
  ...(Object.keys(key.annotations).length > 0 ? { annotations: key.annotations } : {}),
  ...(key.exportAllowed ? { export_allowed: true } : {}),
  ...(key.material
    ? {
        import_key_material: () => `file("${MATERIAL_FILE}")`,
        hash_function: key.material.hash,
        ...(key.material.allowRotation ? { allow_rotation: true } : {}),
      }
    : {}),
  ...(key.rotation.automatic
    ? { key_rotation_enabled: true, rotation_period_in_days: key.rotation.periodInDays ?? 0 }
    : {}),
})

export const terraform = (region: string, key: NewKey): Snippet => resource(key.name, resourceMembers(region, key))

/** The resource of a key that exists: planned against it, nothing changes. */
export const keyResource = (key: KmsKey): Snippet =>
  resource(key.name, {
    ...resourceMembers(key.location, {
      ...key,
      description: key.description ?? '',
      exportAllowed: key.traits.includes('exportable'),
    }),
    ...(key.statusWord === 'disabled' ? { status: 'disabled' } : {}),
  })

export const terraformImport = (key: KmsKey): Snippet => ({
  label: 'Import',
  language: 'shell',
  code: `terraform import ${RESOURCE}.${hclIdentifier(key.name)} ${shellQuote(`${key.location}/${key.id}`)}`,
})

const goConstants: Record<string, string> = {
  'aes128-gcm96': 'KmsKeyTypeAES128GCM96',
  'aes256-gcm96': 'KmsKeyTypeAES256GCM96',
  'chacha20-poly1305': 'KmsKeyTypeChaCha20Poly1305',
  ed25519: 'KmsKeyTypeEd25519',
  'ecdsa-p256': 'KmsKeyTypeECDSAP256',
  'ecdsa-p384': 'KmsKeyTypeECDSAP384',
  'ecdsa-p521': 'KmsKeyTypeECDSAP521',
  'rsa-2048': 'KmsKeyTypeRSA2048',
  'rsa-3072': 'KmsKeyTypeRSA3072',
  'rsa-4096': 'KmsKeyTypeRSA4096',
  hmac: 'KmsKeyTypeHMAC',
  'hmac-sha256': 'KmsKeyTypeHMACSHA256',
  'hmac-sha512': 'KmsKeyTypeHMACSHA512',
}

const goMap = (map: Readonly<Record<string, string>>) =>
  `map[string]string{${Object.entries(map)
    .map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`)
    .join(', ')}}`

export function createGo(region: string, key: NewKey): Snippet {
  const members = [
    ['Name', JSON.stringify(key.name)],
    ['KeyType', `kms.${goConstants[key.type] ?? JSON.stringify(key.type)}`],
    ...(key.description ? [['Description', JSON.stringify(key.description)]] : []),
    ...(Object.keys(key.labels).length > 0 ? [['Labels', goMap(key.labels)]] : []),
    ...(Object.keys(key.annotations).length > 0 ? [['Annotations', goMap(key.annotations)]] : []),
    ...(key.exportAllowed ? [['ExportAllowed', 'true']] : []),
    ...(key.material
      ? [
          ['ImportKeyMaterial', 'string(material)'],
          ['HashFunction', JSON.stringify(key.material.hash)],
          ...(key.material.allowRotation ? [['AllowRotation', 'true']] : []),
        ]
      : []),
    ...(key.rotation.automatic
      ? [
          ['KeyRotationEnabled', 'true'],
          ['RotationPeriodInDays', '&days'],
        ]
      : []),
  ]
  const code = [
    ...(key.rotation.automatic ? [`days := ${key.rotation.periodInDays ?? 0}`] : []),
    ...(key.material
      ? [`material, err := os.ReadFile("${MATERIAL_FILE}")`, 'if err != nil {', '\treturn err', '}']
      : []),
    `key, err := client.KMS().CreateKey(ctx, ${JSON.stringify(region)}, kms.CreateKmsKeyRequest{`,
    ...members.map(([name, value]) => `\t${name}: ${value},`),
    '})',
  ].join('\n')
  return { label: 'Go', language: 'go', code }
}

interface GoMethod {
  readonly name: string
  /** The struct of the request, whose fields are the members of the body in upper camel case. */
  readonly request?: string
  /** The variable that takes the answer; absent where only an error comes back. */
  readonly answer?: string
  /** Stands in the request's place. */
  readonly argument?: string
}

/** The Go SDK's methods, by HTTP method and what follows the key in the path. */
const goMethods: Readonly<Record<string, GoMethod>> = {
  'POST /encrypt': { name: 'Encrypt', request: 'EncryptRequest', answer: 'encrypted' },
  'POST /decrypt': { name: 'Decrypt', request: 'DecryptRequest', answer: 'decrypted' },
  'POST /sign': { name: 'Sign', request: 'SignRequest', answer: 'signed' },
  'POST /verify': { name: 'VerifySignature', request: 'VerifySignatureRequest', answer: 'verified' },
  'POST /hmac': { name: 'HMAC', request: 'HMACRequest', answer: 'made' },
  'POST /verify-hmac': { name: 'VerifyHMAC', request: 'VerifyHMACRequest', answer: 'verified' },
  'POST /export': { name: 'ExportKey', request: 'ExportKeyRequest', answer: 'exported' },
  'GET /public-key': { name: 'GetPublicKey', argument: 'nil', answer: 'public' },
  'POST /rotate': { name: 'RotateKey', answer: 'key' },
  'PATCH /rotation': { name: 'UpdateRotation', request: 'UpdateRotationRequest', answer: 'key' },
  'POST /disable': { name: 'DisableKey', answer: 'key' },
  'POST /enable': { name: 'EnableKey', answer: 'key' },
  'DELETE ': { name: 'DeleteKey' },
  'DELETE /cancel-deletion': { name: 'CancelDeletion' },
}

const goName = (member: string) => (member === 'hmac' ? 'HMAC' : `${member.charAt(0).toUpperCase()}${member.slice(1)}`)

/** Fields of the rotation request are pointers, so their values need names. */
const variables: Readonly<Record<string, string>> = { keyRotationEnabled: 'enabled', rotationPeriodInDays: 'days' }

const goValue = (value: unknown) => (typeof value === 'string' ? goString(value) : String(value))

/** The same call with the Go SDK; `client` is made as its documentation shows. */
export function go(key: KmsKey, { method, path, body }: Call): Snippet {
  const sdk = goMethods[`${method} ${path.replace(/^\/v1\/kms\/[^/]+\/keys\/[^/]+/, '')}`]
  if (!sdk) throw new Error(`The Go SDK has no method for ${method} ${path}`)
  const members = Object.entries(body ?? {})
  const named = members.filter(([member]) => member in variables)
  const fields = members.map(
    ([member, value]) => [goName(member), member in variables ? `&${variables[member]}` : goValue(value)] as const,
  )
  const words = [
    'ctx',
    goString(key.location),
    goString(key.id),
    ...(sdk.argument === undefined ? [] : [sdk.argument]),
    ...(sdk.request === undefined ? [] : [goStruct(`kms.${sdk.request}`, fields)]),
  ]
  const code = [
    ...named.map(([member, value]) => `${variables[member]} := ${goValue(value)}`),
    `${sdk.answer === undefined ? '' : `${sdk.answer}, `}err := client.KMS().${sdk.name}(${words.join(', ')})`,
  ].join('\n')
  return { label: 'Go', language: 'go', code }
}
