/** Description of roles and their policies as text. */
import { capitalize } from '../../lib/capitalize.ts'
import { count } from '../../lib/numbers.ts'
import type { PolicyRule, Role, ServicePolicy } from '../iam.ts'
import type { EndpointId, endpoints } from './endpoints.ts'
import { type Predicate, type Understood, understand } from './expression.ts'
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
  sign: 'sign',
  verify: 'verify',
  'get-public-key': 'read public keys',
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
  'list-key-stores': 'list key stores',
  'get-key-store': 'read key stores',
  'create-key-store': 'create key stores',
  'update-key-store': 'change key stores',
  'connect-key-store': 'connect key stores',
  'disconnect-key-store': 'disconnect key stores',
  'delete-key-store': 'delete key stores',
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
const MANY = 7

/** Allowed extent of a service; all and nothing have no list. */
interface Extent {
  readonly words: 'all' | 'nothing' | { readonly list: string }
  /** Rough number of allowed operations. */
  readonly size: number
}

/** Size of a service whose operations are not known here. */
const LARGE = 50

const nothing: Extent = { words: 'nothing', size: 0 }

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
  if (known.length > 0 ? known.every((id) => allowed.has(id)) : allowed.size === universe.size)
    return { words: 'all', size: known.length || LARGE }
  if (allowed.size === 0) return nothing
  const size = allowed.size
  const refused = new Set([...universe].filter((id) => !allowed.has(id)))
  const but = listed(refused, words)
  if (allowed.has(ANY_OTHER) && but.length < MANY) return { words: { list: `all but ${but.join(', ')}` }, size }
  const pieces = listed(allowed, words)
  const list = pieces.length <= MANY ? pieces.join(', ') : `${size} of ${known.length} operations`
  return { words: { list }, size }
}

/** Placeholder for keys that no expression names. */
const OTHER_KEY = ''

/** Undefined where keys have different permissions. */
function extentForKeys(
  holds: Predicate,
  { named, keys }: Pick<Understood, 'named' | 'keys'>,
  service: string,
): Extent | undefined {
  const extents = [...new Set(keys), OTHER_KEY].map((key) => extentOf((id) => holds(id, key), named, service))
  const [first = nothing, ...others] = extents
  if (others.length === 0) return first
  const rest = others.pop()
  const isSame = others.every(({ words }) => JSON.stringify(words) === JSON.stringify(first.words))
  if (!isSame || rest?.words !== 'nothing') return undefined
  if (first.words === 'nothing') return first
  const what = first.words === 'all' ? 'everything' : first.words.list
  return { words: { list: `${what} with ${count(extents.length - 1, 'key')}` }, size: first.size / LARGE }
}

interface Rule extends PolicyRule {
  readonly understood: Understood | undefined
}

const byRules = /^by \d+ rules?$/

/** The first matching rule decides; without one the call is refused. */
function extentOfRules(rules: readonly Rule[], service: string): Extent {
  const understood = rules.flatMap(({ action, understood: one }) => (one ? [{ action, ...one }] : []))
  const extent =
    understood.length < rules.length
      ? undefined
      : extentForKeys(
          (...call) => understood.find(({ holds }) => holds(...call))?.action === 'allow',
          { named: understood.flatMap(({ named }) => named), keys: understood.flatMap(({ keys }) => keys) },
          service,
        )
  return extent ?? { words: { list: `by ${count(rules.length, 'rule')}` }, size: wordsOf(service).operations.size / 2 }
}

function readRule(rule: { action?: string | undefined; expression?: string | undefined }, service: string): Rule {
  const { action, expression = '' } = rule
  const understood = understand(expression)
  const words = understood && extentForKeys(understood.holds, understood, service)?.words
  const says =
    words === undefined
      ? undefined
      : words === 'all'
        ? 'Every operation'
        : words === 'nothing'
          ? 'No operation'
          : capitalize(words.list)
  return {
    action: action === 'allow' ? 'allow' : 'deny',
    expression,
    ...(says === undefined ? {} : { description: says }),
    understood,
  }
}

type WireService = NonNullable<Policy['services']>[string]

function readService(service: string, { type, rules = [] }: WireService): ServicePolicy & { extent: Extent } {
  const kind = type === 'allow' || type === 'deny' ? type : 'rules'
  const read = kind === 'rules' ? rules.map((rule) => readRule(rule, service)) : []
  const extent =
    kind === 'deny' ? nothing : kind === 'rules' ? extentOfRules(read, service) : extentOf(() => true, [], service)
  const { words } = extent
  return {
    service,
    name: wordsOf(service).name,
    type: kind,
    rules: read.map(({ understood, ...rule }) => rule),
    allows: words === 'all' ? 'Everything' : words === 'nothing' ? 'Nothing' : capitalize(words.list),
    extent,
  }
}

/** Text for one allowed service in the list. */
function part({ service, name, extent: { words } }: ReturnType<typeof readService>): string[] {
  if (words === 'nothing') return []
  if (words === 'all') return [`all of ${name}`]
  const { list } = words
  if (byRules.test(list)) return [`${list} of ${name}`]
  if (list.startsWith('all but ')) return [`all of ${name} but ${list.slice('all but '.length)}`]
  if (list.endsWith(' operations')) return [`${list} of ${name}`]
  return [service === 'kms' ? list : `${name} ${list}`]
}

function allowedBy(strategy: 'allow' | 'deny', read: readonly ReturnType<typeof readService>[]): string {
  if (strategy === 'deny') return capitalize(read.flatMap(part).join(', ')) || 'Nothing'
  const without = read.filter(({ extent }) => extent.words === 'nothing').map(({ name }) => name)
  const limited = read.flatMap(({ name, extent: { words } }) =>
    typeof words === 'string' ? [] : [`of ${name} ${byRules.test(words.list) ? words.list : `only ${words.list}`}`],
  )
  const but = without.length === 0 ? 'Everything' : `Everything but ${without.join(', ')}`
  return [but, ...limited].join('; ')
}

/** Rough number of allowed operations. A service that the policy leaves out counts by the default. */
const breadthOf = (strategy: 'allow' | 'deny', read: readonly ReturnType<typeof readService>[]): number =>
  read.reduce((sum, { extent }) => sum + extent.size - (strategy === 'allow' ? LARGE : 0), 0) +
  (strategy === 'allow' ? 100 * LARGE : 0)

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
    breadth: breadthOf(defaultStrategy, read),
    ...(policy === undefined ? {} : { policyText: JSON.stringify(policy, null, 2) }),
    ...(maxSession === undefined ? {} : { maxSession }),
  }
}
