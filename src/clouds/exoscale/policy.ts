/** Description of roles and their policies as text. */
import { capitalize } from '../../lib/capitalize.ts'
import type { PolicyRule, Role, ServicePolicy } from '../iam.ts'
import { boundWarning } from './bounds.ts'
import type { EndpointId, endpoints } from './endpoints.ts'
import { type Understood, understand } from './expression.ts'
import type { Policy, Role as WireRole } from './wire-organisation.ts'

type OperationOf<Service extends string> = {
  [Id in EndpointId]: (typeof endpoints)[Id] extends { service: Service } ? Id : never
}[EndpointId]

interface Words {
  readonly name: string
  /** Labels of all known operations, by id. */
  readonly operations: ReadonlyMap<string, string>
  /** Operations with a common label. */
  readonly reads: { readonly ids: readonly string[]; readonly word: string }
}

const kmsOperations: Readonly<Record<OperationOf<'kms'>, string>> = {
  encrypt: 'encrypt',
  decrypt: 'decrypt',
  're-encrypt': 're-encrypt',
  'generate-data-key': 'data keys',
  'list-kms-keys': 'list',
  'get-kms-key': 'read',
  'list-kms-key-rotations': 'list rotations',
  'create-kms-key': 'create',
  'rotate-kms-key': 'rotate',
  'enable-kms-key-rotation': 'automatic rotation on',
  'disable-kms-key-rotation': 'automatic rotation off',
  'enable-kms-key': 'enable',
  'disable-kms-key': 'disable',
  'replicate-kms-key': 'replicate',
  'schedule-kms-key-deletion': 'schedule deletion',
  'cancel-kms-key-deletion': 'cancel deletion',
}

const iamOperations: Readonly<Record<OperationOf<'iam'>, string>> = {
  'list-api-keys': 'list API keys',
  'get-api-key': 'read API keys',
  'list-iam-roles': 'list roles',
  'get-iam-role': 'read roles',
  'get-iam-organization-policy': 'read the organisation’s policy',
  'create-api-key': 'create API keys',
  'delete-api-key': 'delete API keys',
  'create-iam-role': 'create roles',
  'update-iam-role': 'change roles',
  'update-iam-role-policy': 'change policies',
  'delete-iam-role': 'delete roles',
  'update-iam-organization-policy': 'change the organisation’s policy',
  'reset-iam-organization-policy': 'reset the organisation’s policy',
}

const services: Readonly<Record<string, Words>> = {
  kms: {
    name: 'KMS',
    operations: new Map(Object.entries(kmsOperations)),
    reads: { ids: ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations'], word: 'list and read' },
  },
  iam: {
    name: 'IAM',
    operations: new Map(Object.entries(iamOperations)),
    reads: {
      ids: ['list-api-keys', 'get-api-key', 'list-iam-roles', 'get-iam-role', 'get-iam-organization-policy'],
      word: 'read',
    },
  },
}

const otherNames: Readonly<Record<string, string>> = {
  compute: 'Compute',
  dbaas: 'Databases',
  dns: 'DNS',
  sos: 'Object storage',
}

function wordsOf(service: string): Words {
  if (Object.hasOwn(services, service) && services[service]) return services[service]
  const name = (Object.hasOwn(otherNames, service) ? otherNames[service] : undefined) ?? service
  return { name, operations: new Map(), reads: { ids: [], word: '' } }
}

/** Placeholder for operations that no expression names and that this build may not know. */
const ANY_OTHER = ''

/** Maximum number of listed labels; more are counted. */
const MANY = 5

/** Allowed extent of a service; all and nothing have no list. */
type Extent = 'all' | 'nothing' | { readonly words: string }

/** Operations as text, with common labels. */
function listed(allowed: ReadonlySet<string>, { operations, reads }: Words): string[] {
  const together = reads.ids.length > 0 && reads.ids.every((id) => allowed.has(id))
  const known = [...operations].flatMap(([id, word]) =>
    !allowed.has(id) ? [] : !together || !reads.ids.includes(id) ? [word] : id === reads.ids[0] ? [reads.word] : [],
  )
  const unknown = [...allowed].filter((id) => id !== ANY_OTHER && !operations.has(id))
  return [...known, ...unknown]
}

function extentOf(holds: (operation: string) => boolean, named: readonly string[], service: string): Extent {
  const words = wordsOf(service)
  const universe = new Set([...words.operations.keys(), ...named, ANY_OTHER])
  const allowed = new Set([...universe].filter(holds))
  const known = [...words.operations.keys()]
  if (known.length > 0 ? known.every((id) => allowed.has(id)) : allowed.size === universe.size) return 'all'
  if (allowed.size === 0) return 'nothing'
  const refused = new Set([...universe].filter((id) => !allowed.has(id)))
  const but = listed(refused, words)
  if (allowed.has(ANY_OTHER) && but.length < MANY) return { words: `all but ${but.join(', ')}` }
  const pieces = listed(allowed, words)
  if (pieces.length <= MANY) return { words: pieces.join(', ') }
  return { words: `${allowed.size} of ${known.length} operations` }
}

interface Rule extends PolicyRule {
  readonly understood: Understood | undefined
}

/** The first matching rule decides; without one the call is refused. */
function extentOfRules(rules: readonly Rule[], service: string): Extent {
  const understood = rules.map((rule) => ({ ...rule, ...rule.understood }))
  const named = understood.flatMap((rule) => rule.named ?? [])
  return understood.every(({ holds }) => holds !== undefined)
    ? extentOf((id) => understood.find(({ holds }) => holds?.(id))?.action === 'allow', named, service)
    : { words: rules.length === 1 ? 'by 1 rule' : `by ${rules.length} rules` }
}

function readRule(rule: { action?: string | undefined; expression?: string | undefined }, service: string): Rule {
  const { action, expression = '' } = rule
  const understood = understand(expression)
  const warning = boundWarning(rule)
  const extent = understood && extentOf(understood.holds, understood.named, service)
  const says =
    extent === undefined
      ? undefined
      : extent === 'all'
        ? 'Every operation'
        : extent === 'nothing'
          ? 'No operation'
          : capitalize(extent.words)
  return {
    action: action === 'allow' ? 'allow' : 'deny',
    expression,
    ...(says === undefined ? {} : { description: says }),
    ...(warning === undefined ? {} : { warning }),
    understood,
  }
}

type WireService = NonNullable<Policy['services']>[string]

function readService(service: string, { type, rules = [] }: WireService): ServicePolicy & { extent: Extent } {
  const kind = type === 'allow' || type === 'deny' ? type : 'rules'
  const read = kind === 'rules' ? rules.map((rule) => readRule(rule, service)) : []
  const extent = kind === 'allow' ? 'all' : kind === 'deny' ? 'nothing' : extentOfRules(read, service)
  return {
    service,
    name: wordsOf(service).name,
    type: kind,
    rules: read.map(({ understood, ...rule }) => rule),
    allows: extent === 'all' ? 'Everything' : extent === 'nothing' ? 'Nothing' : capitalize(extent.words),
    extent,
  }
}

const byRules = /^by \d+ rules?$/

/** Text for one allowed service in the list. */
function part({ service, name, extent }: ReturnType<typeof readService>): string[] {
  if (extent === 'nothing') return []
  if (extent === 'all') return [`all of ${name}`]
  const { words } = extent
  if (byRules.test(words)) return [`${words} of ${name}`]
  if (words.startsWith('all but ')) return [`all of ${name} but ${words.slice('all but '.length)}`]
  if (words.endsWith(' operations')) return [`${words} of ${name}`]
  return [service === 'kms' ? words : `${name} ${words}`]
}

function allowedBy(strategy: 'allow' | 'deny', read: readonly ReturnType<typeof readService>[]): string {
  if (strategy === 'deny') return capitalize(read.flatMap(part).join(', ')) || 'Nothing'
  const without = read.filter(({ extent }) => extent === 'nothing').map(({ name }) => name)
  const limited = read.flatMap(({ name, extent }) =>
    typeof extent === 'string'
      ? []
      : [`of ${name} ${byRules.test(extent.words) ? extent.words : `only ${extent.words}`}`],
  )
  const but = without.length === 0 ? 'Everything' : `Everything but ${without.join(', ')}`
  return [but, ...limited].join('; ')
}

/** Description of a role. Without a policy or a default strategy it allows everything that is not refused. */
export function readRole(role: WireRole): Role {
  const { id, name = id, description, permissions = [], editable = true, labels = {}, policy } = role
  const defaultStrategy = policy?.['default-service-strategy'] === 'deny' ? 'deny' : 'allow'
  const read = Object.entries(policy?.services ?? {}).map(([service, rules]) => readService(service, rules))
  const maxSession = role['max-session-ttl']
  return {
    id,
    name,
    ...(description ? { description } : {}),
    permissions,
    editable,
    labels,
    defaultStrategy,
    services: read.map(({ extent, ...service }) => service),
    allows: allowedBy(defaultStrategy, read),
    ...(policy === undefined ? {} : { policyText: JSON.stringify(policy, null, 2) }),
    ...(maxSession === undefined ? {} : { maxSession }),
  }
}
