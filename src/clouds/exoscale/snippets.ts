/** Exoscale calls as people run them: curl with a signing function, the CLI, Terraform, the Go SDK. */

import { goString, goStruct } from '../../lib/go.ts'
import { type HclValue, hclBlock, hclIdentifier } from '../../lib/hcl.ts'
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { NewKey, Snippet } from '../cloud.ts'
import type { Call } from '../http.ts'
import type { KmsKey } from '../model.ts'

/** Signs with OpenSSL as the API asks (EXO2-HMAC-SHA256). The path is signed as it goes on the wire, so an endpoint's own path counts. */
const signingFunction = [
  'exo_call() { # METHOD PATH [BODY]',
  '  local url=${EXOSCALE_API_ENDPOINT:-https://api-$EXOSCALE_ZONE.exoscale.com/v2}$2 body=${3-}',
  '  local path=/${url#*://*/} expires=$(( $(date +%s) + 600 )) signature',
  '  signature=$(printf \'%s %s\\n%s\\n\\n\\n%s\' "$1" "$path" "$body" "$expires" |',
  '    openssl dgst -sha256 -hmac "$EXOSCALE_API_SECRET" -binary | base64 | tr -d \'\\n\')',
  '  curl -sS -X "$1" "$url" \\',
  '    -H "Authorization: EXO2-HMAC-SHA256 credential=$EXOSCALE_API_KEY,expires=$expires,signature=$signature" \\',
  '    ${body:+-H "Content-Type: application/json" --data-binary "$body"}',
  '}',
]

/** `quoted` is the path as a word of the shell. */
const callLine = ({ method, path, body }: Call, quoted = shellQuote(path.replace(/^\/v2/, ''))) =>
  ['exo_call', method, quoted, ...(body === undefined ? [] : [shellQuote(JSON.stringify(body))])].join(' ')

const script = (zone: string, lines: readonly string[]): Snippet => ({
  label: 'curl',
  language: 'shell',
  code: [...signingFunction, '', `EXOSCALE_ZONE=${zone}`, ...lines].join('\n'),
})

/** The zone is set for each call; the secret is an environment variable. */
export const curl = (zone: string, calls: readonly Call[]): Snippet =>
  script(
    zone,
    calls.map((call) => callLine(call)),
  )

/** What follows a creation, which takes no rotation settings: off, and on again with another period. */
type Rotation = NewKey['rotation'] | undefined

const newPeriod = (rotation: Rotation) => (rotation?.automatic ? rotation.periodInDays : undefined)

export function createCurl(zone: string, call: Call, rotation: Rotation): Snippet {
  if (!rotation) return curl(zone, [call])
  const period = newPeriod(rotation)
  const follow = (rest: string, body?: unknown) =>
    callLine({ method: 'POST', path: '', ...(body === undefined ? {} : { body }) }, `"/kms-key/$ID/${rest}"`)
  return script(zone, [
    `ID=$(${callLine(call)} | sed -E 's/.*"id":"([^"]+)".*/\\1/')`,
    follow('disable-key-rotation'),
    ...(period === undefined ? [] : [follow('enable-key-rotation', { 'rotation-period': period })]),
  ])
}

export const exo = (zone: string, ...commands: readonly (readonly string[])[]): Snippet => ({
  label: 'exo',
  language: 'shell',
  code: commands
    .map(([command = '', ...rest]) => shellCommand([`exo kms ${command}`, ...rest, `--zone ${zone}`]))
    .join('\n'),
})

export function createCli(zone: string, key: NewKey, rotation: Rotation): Snippet {
  const period = newPeriod(rotation)
  const create = [
    `key create ${shellQuote(key.name)}`,
    ...(key.description ? [`--description ${shellQuote(key.description)}`] : []),
    ...(key.multiZone ? ['--multizone'] : []),
  ]
  // The id is known when create has printed it.
  const follow = [
    ...(rotation ? [['key disable-rotation "$ID"']] : []),
    ...(period === undefined ? [] : [['key enable-rotation "$ID"', `--rotation-period ${period}`]]),
  ]
  return exo(zone, create, ...follow)
}

const withoutRotation = '# The resource has no rotation settings: change them with exo or the API after apply.'

const RESOURCE = 'exoscale_kms_key'

type Declared = Pick<NewKey, 'name' | 'description' | 'multiZone'>

function resource(zone: string, key: Declared): string {
  const members: Record<string, HclValue> = {
    name: key.name,
    zone,
    ...(key.description ? { description: key.description } : {}),
    ...(key.multiZone ? { multi_zone: true } : {}),
  }
  return hclBlock(['resource', RESOURCE, hclIdentifier(key.name)], members)
}

export function terraform(zone: string, key: NewKey, rotation: Rotation): Snippet {
  const block = resource(zone, key)
  return { label: 'Terraform', language: 'hcl', code: rotation ? `${withoutRotation}\n${block}` : block }
}

/** The resource of a key that exists: planned against it, nothing changes. */
export const keyResource = (key: KmsKey): Snippet => ({
  label: 'Terraform',
  language: 'hcl',
  code: resource(key.location, {
    name: key.name,
    description: key.description ?? '',
    multiZone: key.traits.includes('multi-zone'),
  }),
})

export const terraformImport = (key: KmsKey): Snippet => ({
  label: 'Import',
  language: 'shell',
  code: `terraform import ${RESOURCE}.${hclIdentifier(key.name)} ${shellQuote(`${key.id}@${key.location}`)}`,
})

export function createGo(key: NewKey, rotation: Rotation): Snippet {
  const period = newPeriod(rotation)
  const members = [
    ['Name', JSON.stringify(key.name)],
    ...(key.description ? [['Description', JSON.stringify(key.description)]] : []),
    ...(key.multiZone ? [['MultiZone', 'v3.Ptr(true)']] : []),
    ['Usage', 'v3.CreateKmsKeyRequestUsageEncryptDecrypt'],
  ]
  const code = [
    'key, err := client.CreateKmsKey(ctx, v3.CreateKmsKeyRequest{',
    ...members.map(([name, value]) => `\t${name}: ${value},`),
    '})',
    ...(rotation ? ['_, err = client.DisableKmsKeyRotation(ctx, key.ID)'] : []),
    ...(period === undefined
      ? []
      : [
          `_, err = client.EnableKmsKeyRotation(ctx, key.ID, v3.EnableKmsKeyRotationRequest{RotationPeriod: ${period}})`,
        ]),
  ].join('\n')
  return { label: 'Go', language: 'go', code }
}

interface GoMethod {
  readonly name: string
  /** The struct of the request, whose fields are the members of the body in upper camel case. */
  readonly request?: string
  /** The variable that takes the answer. */
  readonly answer?: string
}

/** The Go SDK's methods, by the last part of the path. */
const goMethods: Readonly<Record<string, GoMethod>> = {
  encrypt: { name: 'Encrypt', request: 'EncryptRequest', answer: 'encrypted' },
  decrypt: { name: 'Decrypt', request: 'DecryptRequest', answer: 'decrypted' },
  rotate: { name: 'RotateKmsKey' },
  'enable-key-rotation': { name: 'EnableKmsKeyRotation', request: 'EnableKmsKeyRotationRequest' },
  'disable-key-rotation': { name: 'DisableKmsKeyRotation' },
  enable: { name: 'EnableKmsKey' },
  disable: { name: 'DisableKmsKey' },
  'schedule-deletion': { name: 'ScheduleKmsKeyDeletion', request: 'ScheduleKmsKeyDeletionRequest' },
  'cancel-deletion': { name: 'CancelKmsKeyDeletion' },
}

const goName = (member: string) => member.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())

const variableOf = (member: string) => (member === 'encryption-context' ? 'encryptionContext' : member)

/** Bytes are raw in the SDK: base64 of a body is decoded first, under the member's name. */
function goLines(id: string, { path, body }: Call): string[] {
  const sdk = goMethods[path.split('/').at(-1) ?? '']
  if (!sdk) throw new Error(`The Go SDK has no method for ${path}`)
  const members = Object.entries(body ?? {})
  const fields = members.map(([member, value]): [string, string] => {
    if (typeof value !== 'string') return [goName(member), String(value)]
    // The context is optional, hence a pointer.
    return [goName(member), `${member === 'encryption-context' ? '&' : ''}${variableOf(member)}`]
  })
  const words = ['ctx', goString(id), ...(sdk.request === undefined ? [] : [goStruct(`v3.${sdk.request}`, fields)])]
  return [
    ...members.flatMap(([member, value]) =>
      typeof value === 'string'
        ? [`${variableOf(member)}, err := base64.StdEncoding.DecodeString(${goString(value)})`]
        : [],
    ),
    `${sdk.answer === undefined ? '_, err =' : `${sdk.answer}, err :=`} client.${sdk.name}(${words.join(', ')})`,
  ]
}

/** The same calls with the Go SDK, on a client of the key's zone. */
export const go = (id: string, calls: readonly Call[]): Snippet => ({
  label: 'Go',
  language: 'go',
  code: calls.flatMap((call) => goLines(id, call)).join('\n'),
})
