/** Reading the text of a policy: what can't be sent, and what is probably a mistake, each with its line. */
import { JsonLineError, type JsonLines, parseJsonLines } from '../../lib/json-lines.ts'
import { withStop } from '../errors.ts'
import type { PolicyRemark } from '../role-policies.ts'
import { boundWarning } from './bounds.ts'
import type { EvaluatedPolicy } from './evaluation/decide.ts'
import { compile, ExpressionError } from './evaluation/expressions.ts'
import { unknownMembers, unknownOperations, whyNoCall } from './unknown-names.ts'
import type { Policy } from './wire-organisation.ts'

type Path = readonly (string | number)[]
type Report = (at: Path, tone: PolicyRemark['tone'], message: string) => void

/** Services with published names; the set is open. */
const knownServices: ReadonlySet<string> = new Set(['kms', 'iam', 'compute', 'dbaas', 'dns', 'sos'])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const oneOf = (values: readonly string[]) => values.map((value) => `"${value}"`).join(' or ')

/** @param missing what a missing member means, for one that may be missing */
function checkChoice(value: unknown, at: Path, values: readonly string[], report: Report, missing?: string): void {
  if (value === undefined && missing !== undefined) report(at, 'warning', missing)
  else if (typeof value !== 'string' || !values.includes(value))
    report(at, 'error', `${at.at(-1)} must be ${oneOf(values)}.`)
}

function checkMembers(value: object, at: Path, known: readonly string[], report: Report): void {
  for (const name of Object.keys(value))
    if (!known.includes(name)) report([...at, name], 'warning', `A policy has no member ${name}. Exoscale ignores it.`)
}

async function errorIn(expression: string): Promise<string | undefined> {
  try {
    await compile(expression)
    return undefined
  } catch (error) {
    if (error instanceof ExpressionError) return withStop(error.message)
    throw error
  }
}

async function checkExpression(expression: string, at: Path, service: string, report: Report): Promise<void> {
  const error = await errorIn(expression)
  if (error !== undefined) return report(at, 'error', `The expression ${error}`)
  const never = await whyNoCall({ action: 'deny', expression }, service)
  if (never !== undefined) return report(at, 'warning', `The rule never matches: ${never}.`)
  for (const name of unknownOperations(expression, service))
    report(at, 'warning', `${service} has no operation ${name} that this console knows. Check the spelling.`)
  for (const member of unknownMembers(expression, service))
    report(at, 'warning', `No ${member} is in resources of ${service}. The comparison fails and the rule is skipped.`)
}

async function checkRule(rule: unknown, at: Path, service: string, report: Report): Promise<void> {
  if (!isObject(rule)) return report(at, 'error', 'A rule must be an object with action and expression.')
  checkMembers(rule, at, ['action', 'expression', 'resources'], report)
  const { action, expression } = rule
  checkChoice(action, [...at, 'action'], ['allow', 'deny'], report, 'A rule without action is skipped.')
  const place = [...at, 'expression']
  if (expression === undefined) return report(at, 'warning', 'A rule without expression is skipped.')
  if (typeof expression !== 'string') return report(place, 'error', 'expression must be a text in CEL.')
  await checkExpression(expression, place, service, report)
  const warning = boundWarning({ action: typeof action === 'string' ? action : '', expression })
  if (warning !== undefined) report(place, 'warning', warning)
}

async function checkService(policy: unknown, service: string, report: Report): Promise<void> {
  const at = ['services', service]
  if (!knownServices.has(service))
    report(at, 'warning', `No service ${service} is known. Known are ${[...knownServices].join(', ')}.`)
  if (!isObject(policy)) return report(at, 'error', `${service} must be an object with a type.`)
  checkMembers(policy, at, ['type', 'rules'], report)
  const { type, rules } = policy
  checkChoice(type, [...at, 'type'], ['allow', 'deny', 'rules'], report, 'Without type every call is refused.')
  const place = [...at, 'rules']
  if (rules === undefined) {
    if (type === 'rules') report(at, 'warning', 'No rules: every call is refused.')
    return
  }
  if (!Array.isArray(rules)) return report(place, 'error', 'rules must be a list.')
  if (type !== 'rules') report(place, 'warning', 'The rules have no effect. Set type to "rules".')
  for (const [index, rule] of rules.entries()) await checkRule(rule, [...place, index], service, report)
}

async function checkPolicy(policy: unknown, report: Report): Promise<void> {
  if (!isObject(policy)) return report([], 'error', 'A policy must be an object.')
  checkMembers(policy, [], ['default-service-strategy', 'services'], report)
  checkChoice(policy['default-service-strategy'], ['default-service-strategy'], ['allow', 'deny'], report)
  const { services } = policy
  if (!isObject(services)) return report(['services'], 'error', 'services must be an object.')
  for (const [service, rules] of Object.entries(services)) await checkService(rules, service, report)
}

function parse(text: string): JsonLines | PolicyRemark {
  try {
    return parseJsonLines(text)
  } catch (error) {
    if (error instanceof JsonLineError) return { line: error.line, tone: 'error', message: error.message }
    throw error
  }
}

/** The rule at `services`, service, `rules` and place. */
const ruleAt = ([, service, , place]: Path): Pick<PolicyRemark, 'rule'> =>
  typeof service === 'string' && typeof place === 'number' ? { rule: { service, place } } : {}

export async function checkPolicyText(text: string): Promise<readonly PolicyRemark[]> {
  const parsed = parse(text)
  if ('tone' in parsed) return [parsed]
  const remarks: PolicyRemark[] = []
  await checkPolicy(parsed.value, (at, tone, message) =>
    remarks.push({ line: parsed.lineOf(at), tone, message, ...ruleAt(at) }),
  )
  return remarks.sort((a, b) => a.line - b.line)
}

/** Line of the path that a refusal of the API begins with: `policy.services.kms.rules.0.expression is no …`. */
export function lineOfRefusal(text: string, message: string): number | undefined {
  const parsed = parse(text)
  const [, first = '', rest = ''] = /^(?:policy\.)?(services|default-service-strategy)(\S*)/i.exec(message) ?? []
  if (first === '' || 'tone' in parsed) return undefined
  const steps = rest.split('.').slice(1)
  return parsed.lineOf([first.toLowerCase(), ...steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step))])
}

/** The policy of a text without errors, as it is sent and evaluated. */
export const policyOf = (text: string): Policy & EvaluatedPolicy => JSON.parse(text)
