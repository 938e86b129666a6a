/** Thalassa calls as people run them: curl, the CLI, Terraform, the Go SDK. Credentials are environment variables. */

import { type HclValue, hclBlock, hclIdentifier } from '../../lib/hcl.ts'
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { NewKey, Snippet } from '../cloud.ts'
import type { Call } from '../http.ts'

const BASE = 'https://api.thalassa.cloud'

/** The names are those that the vendor's CLI reads; the project header is sent only in project scope. */
export function curl(call: Call, project: string | undefined): Snippet {
  const lines = [
    `curl -sS -X ${call.method} "\${THALASSA_API_ENDPOINT:-${BASE}}${call.path}"`,
    '-H "Authorization: Token $THALASSA_PERSONAL_ACCESS_TOKEN"',
    '-H "X-Organisation-Identity: $THALASSA_ORGANISATION_ID"',
    ...(project === undefined ? [] : ['-H "X-Project-Identity: $THALASSA_PROJECT_ID"']),
    ...(call.body === undefined
      ? []
      : [
          '-H "Content-Type: application/json"',
          `-d ${shellQuote(JSON.stringify(call.body, null, 2).replaceAll('\n', '\n  '))}`,
        ]),
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
    ...(key.rotation.automatic
      ? ['--rotation-enabled', `--rotation-period-days ${key.rotation.periodInDays ?? ''}`]
      : []),
  ])

export function terraform(region: string, key: NewKey): Snippet {
  const members: Record<string, HclValue> = {
    region,
    name: key.name,
    key_type: key.type,
    ...(key.description ? { description: key.description } : {}),
    ...(Object.keys(key.labels).length > 0 ? { labels: key.labels } : {}),
    ...(Object.keys(key.annotations).length > 0 ? { annotations: key.annotations } : {}),
    ...(key.exportAllowed ? { export_allowed: true } : {}),
    ...(key.rotation.automatic
      ? { key_rotation_enabled: true, rotation_period_in_days: key.rotation.periodInDays ?? 0 }
      : {}),
  }
  const code = hclBlock(['resource', 'thalassa_kms_key', hclIdentifier(key.name)], members)
  return { label: 'Terraform', language: 'hcl', code }
}

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
    ...(key.rotation.automatic
      ? [
          ['KeyRotationEnabled', 'true'],
          ['RotationPeriodInDays', '&days'],
        ]
      : []),
  ]
  const code = [
    ...(key.rotation.automatic ? [`days := ${key.rotation.periodInDays ?? 0}`] : []),
    `key, err := client.KMS().CreateKey(ctx, ${JSON.stringify(region)}, kms.CreateKmsKeyRequest{`,
    ...members.map(([name, value]) => `\t${name}: ${value},`),
    '})',
  ].join('\n')
  return { label: 'Go', language: 'go', code }
}
