/** Facts of a call as the expressions of a policy see them. */
import type { CelInput } from '@bufbuild/cel'

export const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i

export const isUuid = (id: string): boolean => UUID.test(id)

/** Canonical id: a UUID in lower case, any other text unchanged. */
export const canonicalId = (id: string): string => (isUuid(id) ? id.toLowerCase() : id)

/** Body members with the id of a key or role. */
const idMembers: ReadonlySet<string> = new Set(['key', 'role-id'])

/** Canonical value of a member, which operations, policies and the log compare. */
export const canonicalText = (member: string, text: string): string =>
  idMembers.has(member) ? canonicalId(text) : text

/** Nesting depth of a body that expressions see; no operation reads deeper values. */
const MAX_DEPTH = 16

/** Members whose own members have names that callers choose; they keep their spelling. */
const withChosenNames: ReadonlySet<string> = new Set(['labels', 'services'])

const underscored = (name: string) => name.replaceAll('-', '_')

/**
 * Members by their names with hyphens, as the API has them, and with underscores, as expressions can write them. A
 * member that was sent with underscores is not shown: no operation reads it, and it would stand for the real one.
 */
const inBothSpellings = (members: ReadonlyArray<readonly [string, CelInput]>): Map<string, CelInput> =>
  new Map(
    members
      .filter(([name]) => !name.includes('_'))
      .flatMap(([name, value]) => [[name, value] as const, [underscored(name), value] as const]),
  )

/** JSON value for expressions: whole numbers as integers, ids in canonical form. */
function toInput(value: unknown, within = '', depth = 0): CelInput {
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (typeof value !== 'object' || value === null || depth === MAX_DEPTH) return null
  if (Array.isArray(value)) return value.map((part) => toInput(part, '', depth + 1))
  const members = Object.entries(value).map(
    ([name, part]) =>
      [name, typeof part === 'string' ? canonicalText(name, part) : toInput(part, name, depth + 1)] as const,
  )
  return withChosenNames.has(within) ? new Map(members) : inBothSpellings(members)
}

const countValues = (value: unknown, depth = 0): number =>
  typeof value === 'object' && value !== null && depth < MAX_DEPTH
    ? Object.values(value).reduce((sum: number, part) => sum + countValues(part, depth + 1), 1)
    : 1

/** Limits of a body for rules, in bytes and values, because macros take time and memory per value. */
const MAX_BODY = 131_072
const MAX_VALUES = 1000

/** Refusal of a body that rules can't look into, undefined for one that they can. */
export const bodyRefusal = (bytes: number, members: unknown): string | undefined =>
  bytes > MAX_BODY || countValues(members) > MAX_VALUES
    ? `the policy decides by rules, and those look into bodies of up to ${MAX_BODY} bytes and ${MAX_VALUES} values`
    : undefined

const factNames = ['operation', 'service', 'zone', 'now', 'source_ip', 'api_key', 'parameters', 'resources'] as const
export const knownFacts: readonly string[] = factNames

/** Facts for an expression, by the top-level names of the policy language. */
export type Facts = Readonly<Record<(typeof factNames)[number], CelInput>>

/** One call, as the server sees it. */
export interface EvaluatedCall {
  readonly operation: string
  readonly service: string
  readonly zone: string
  /** RFC 3339. */
  readonly now: string
  readonly sourceIp: string
  readonly apiKey: string
  /** Path parameter, decoded; empty for none. */
  readonly id: string
  /** Members of the body. */
  readonly members: Readonly<Record<string, unknown>>
  /** The key of the path as the API answers it, undefined for none. */
  readonly key: unknown
}

/** Keys that a call uses, by id: that of its path, and for a re-encryption also the one that encrypts anew. */
export function keysOf(
  operation: string,
  id: string,
  members: () => Readonly<Record<string, unknown>>,
): readonly string[] {
  if (operation !== 're-encrypt') return [id]
  const { destination } = members()
  const other = typeof destination === 'object' && destination !== null && 'key' in destination && destination.key
  // Without a valid destination the operation refuses the call.
  return typeof other === 'string' && isUuid(other) ? [id, other] : [id]
}

export const factsOf = (call: EvaluatedCall): Facts => ({
  operation: call.operation,
  service: call.service,
  zone: call.zone,
  now: call.now,
  source_ip: call.sourceIp,
  api_key: call.apiKey,
  parameters: toInput({ ...call.members, ...(call.id === '' ? {} : { id: canonicalId(call.id) }) }),
  resources: toInput(call.key === undefined ? {} : { 'kms-key': call.key }),
})
