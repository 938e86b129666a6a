/** Complete programs for Exoscale with the Go SDK. */
import { type GoImport, goProgram, goString, goStruct } from '../../lib/go.ts'
import type { Call } from '../http.ts'
import type { Snippet } from '../snippet.ts'
import { type ExoscaleEndpoint, endpoints } from './endpoints.ts'
import { isJsonBody, type JsonBody, NEW_KEY, type SdkOperation, sdkOperationOf } from './sdk-operations.ts'

const initialisms: ReadonlySet<string> = new Set(['api', 'iam', 'id'])

/** `create-api-key` → `CreateAPIKey`. */
const goName = (words: string) =>
  words
    .split('-')
    .map((word) => (initialisms.has(word) ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('')

const encoded = (bytes: string) => `base64.StdEncoding.EncodeToString(${bytes})`
const decoded = (base64: string) => `must(base64.StdEncoding.DecodeString(${goString(base64)}))`

/** Members that the SDK has as bytes. */
const bytes: ReadonlySet<string> = new Set(['plaintext', 'ciphertext', 'message', 'signature', 'public-key'])

/** Printed member of an answer: bytes as base64, a list as its length, an optional truth as its value. */
function printed(member: string): string {
  const field = `answer.${goName(member)}`
  if (bytes.has(member)) return encoded(field)
  if (member === 'signature-valid') return `*${field}`
  return member === 'kms-keys' || member === 'key-stores' ? `len(${field})` : field
}

/** Members that the SDK's structure has. */
const known = (body: unknown, ...members: readonly string[]): (readonly [name: string, value: string])[] =>
  isJsonBody(body)
    ? members.flatMap((member) => (typeof body[member] === 'string' ? [[goName(member), goString(body[member])]] : []))
    : []

function servicePolicy(policy: JsonBody[string]): string {
  const rules = isJsonBody(policy) && Array.isArray(policy.rules) ? policy.rules : []
  const list = rules.map((rule) => `\t${goStruct('', known(rule, 'action', 'expression')).replaceAll('\n', '\n\t')},\n`)
  return goStruct('', [
    ...known(policy, 'type'),
    ...(list.length === 0 ? [] : [['Rules', `[]v3.IAMServicePolicyRule{\n${list.join('')}}`] as const]),
  ])
}

function policyStruct(policy: JsonBody): string {
  const services = isJsonBody(policy.services) ? Object.entries(policy.services) : []
  const members = services.map(([service, rules]) => [goString(service), servicePolicy(rules)] as const)
  return goStruct('v3.IAMPolicy', [
    ...known(policy, 'default-service-strategy'),
    ['Services', goStruct('map[string]v3.IAMServicePolicy', members)],
  ])
}

/** Structures that the SDK has once for several requests, by the name that they would have in one. */
const sharedStructs: Readonly<Record<string, string>> = {
  CreateKeyStoreRequestProxy: 'KeyStoreProxy',
  UpdateKeyStoreRequestProxy: 'UpdateKeyStoreProxy',
  UpdateKeyStoreProxyAuth: 'KeyStoreProxyAuth',
}

/** Go value of a member: raw bytes, and pointers for optional members whose zero value is meaningful. */
function value(type: string, member: string, content: JsonBody[string]): string {
  if (isJsonBody(content)) {
    const nested = type + goName(member)
    return `&${member === 'policy' ? policyStruct(content) : struct(sharedStructs[nested] ?? nested, content)}`
  }
  if (typeof content === 'boolean') return `v3.Ptr(${content})`
  if (typeof content === 'number') return String(content)
  if (typeof content === 'object') return `[]string{${content.map((entry) => goString(String(entry))).join(', ')}}`
  if (member === 'encryption-context') return `v3.Ptr(${decoded(content)})`
  return bytes.has(member) ? decoded(content) : goString(content)
}

const struct = (type: string, body: JsonBody): string =>
  goStruct(
    `v3.${type}`,
    Object.entries(body).map(([member, content]) => [goName(member), value(type, member, content)]),
  )

function statements({ operation, id, body }: SdkOperation): string[] {
  const method = goName(operation)
  const words = [
    'ctx',
    ...(id === undefined ? [] : [id === NEW_KEY ? 'answer.ID' : goString(id)]),
    ...(operation === 'update-iam-role-policy'
      ? [policyStruct(body)]
      : Object.keys(body).length === 0
        ? []
        : [struct(`${method}Request`, body)]),
  ]
  const call = `must(client.${method}(${words.join(', ')}))`
  const { prints, answers }: ExoscaleEndpoint = endpoints[operation]
  if (prints) return [`answer := ${call}`, ...prints.map((member) => `fmt.Println(${printed(member)})`)]
  return [answers === 'operation' ? `must(client.Wait(ctx, ${call}, v3.OperationStateSuccess))` : call]
}

const sdk: readonly GoImport[] = [
  { name: 'v3', path: 'github.com/exoscale/egoscale/v3' },
  { path: 'github.com/exoscale/egoscale/v3/credentials' },
]

/** Program with the calls in order, on a client of the zone. Credentials are environment variables. */
export const go = (zone: string, calls: readonly Call[]): Snippet => ({
  label: 'Go',
  language: 'go',
  code: goProgram(sdk, [
    'ctx := context.Background()',
    'start := cmp.Or(v3.Endpoint(os.Getenv("EXOSCALE_API_ENDPOINT")), v3.CHGva2)',
    'client := must(v3.NewClient(credentials.NewEnvCredentials(), v3.ClientOptWithEndpoint(start)))',
    `client = client.WithEndpoint(must(client.GetZoneAPIEndpoint(ctx, ${goString(zone)})))`,
    '',
    ...calls.map(sdkOperationOf).flatMap(statements),
  ]),
})
