/** What a rule names that this console does not know: variables, functions, operations, members of keys. */
import { membersRead } from './bounds.ts'
import { type ExoscaleEndpoint, endpoints } from './endpoints.ts'
import { type EvaluatedRule, whyNever } from './evaluation/decide.ts'
import { understand } from './expression.ts'
import { KmsKey } from './wire.ts'

/** Services whose operations are all known here, with their resources as expressions see them. */
const resources: Readonly<Record<string, readonly string[]>> = {
  kms: ['kms-key', ...Object.keys(KmsKey.shape).map((member) => `kms-key.${member}`)],
  iam: [],
}

const operationsOf = (service: string): readonly string[] =>
  Object.entries<ExoscaleEndpoint>(endpoints).flatMap(([id, endpoint]) => (endpoint.service === service ? [id] : []))

/** Unknown operations that an expression compares with. */
export function unknownOperations(expression: string, service: string): readonly string[] {
  if (!Object.hasOwn(resources, service)) return []
  const known = operationsOf(service)
  return (understand(expression)?.named ?? []).filter((name) => !known.includes(name))
}

/** Why a rule of a service matches no call, whatever its facts; undefined for a rule that can match. */
export async function whyNoCall(rule: EvaluatedRule, service: string): Promise<string | undefined> {
  const never = await whyNever(rule)
  if (never !== undefined) return never
  const understood = understand(rule.expression ?? '')
  const unknown = unknownOperations(rule.expression ?? '', service)
  const keys = [...(understood?.keys ?? []), '']
  if (!understood || unknown.length === 0) return undefined
  return operationsOf(service).some((id) => keys.some((key) => understood.holds(id, key)))
    ? undefined
    : `no operation of ${service} is named ${unknown.join(' or ')}`
}

/** Unknown members of `resources` that an expression reads; nested ones are not checked. */
export function unknownMembers(expression: string, service: string): readonly string[] {
  const known = Object.hasOwn(resources, service) ? resources[service] : undefined
  const outermost = membersRead(expression, 'resources').map((member) => member.split('.').slice(0, 2).join('.'))
  return known ? outermost.filter((member) => !known.includes(member)) : []
}
