/** Policies: schema, and what is checked before they are saved. */
import * as z from 'zod'
import { boundWarning } from '../../../../src/clouds/exoscale/bounds.ts'
import { whyNever } from '../../../../src/clouds/exoscale/evaluation/decide.ts'
import { compile, ExpressionError } from '../../../../src/clouds/exoscale/evaluation/expressions.ts'
import { ruleError } from '../../field-rules.ts'
import { Problem, type Violation } from '../problems.ts'
import { namedMembers } from '../validation.ts'

const oneOf = <const T extends readonly string[]>(...values: T) =>
  z.enum(values, ruleError(`must be ${values.join(' or ')}`))
const string = z.string(ruleError('must be a string'))
const list = ruleError('must be an array')
const object = ruleError('must be an object')

const Rule = z.object(
  {
    action: z.optional(oneOf('allow', 'deny')),
    expression: z.optional(string),
    resources: z.optional(z.array(string, list)),
  },
  object,
)

const ServicePolicy = z.object(
  { type: z.optional(oneOf('rules', 'allow', 'deny')), rules: z.optional(z.array(Rule, list)) },
  object,
)

export const Policy = z.object(
  { 'default-service-strategy': oneOf('allow', 'deny'), services: namedMembers(ServicePolicy) },
  object,
)
export type Policy = z.infer<typeof Policy>

const strictRules = z.optional(z.array(Rule.strict(), list))

/** For hand-written input: an unknown member is refused, not ignored. */
export const StrictPolicy = z.strictObject(
  {
    ...Policy.shape,
    services: z.record(z.string(), z.strictObject({ ...ServicePolicy.shape, rules: strictRules }, object), object),
  },
  object,
)

export const AssumeRolePolicy = z.object({ rules: z.optional(z.array(Rule, list)) }, object)
export const StrictAssumeRolePolicy = z.strictObject({ rules: strictRules }, object)

export const allowAll: Policy = { 'default-service-strategy': 'allow', services: {} }
export const denyAll: Policy = { 'default-service-strategy': 'deny', services: {} }

type Rules = z.infer<typeof AssumeRolePolicy>['rules']

async function checkRules(rules: Rules, at: Violation['at']): Promise<void> {
  for (const [index, { expression }] of (rules ?? []).entries()) {
    if (expression === undefined) continue
    try {
      await compile(expression)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      const member = [...at, 'rules', index, 'expression']
      const violation = { at: member, detail: error.message }
      throw new Problem('bad-request', `${member.join('.')} ${error.message}`, [violation])
    }
  }
}

/** Throws a problem that names the first invalid expression of a body. */
export async function checkExpressions(body: {
  /** Services of a policy body. */
  services?: Policy['services'] | undefined
  policy?: Policy | undefined
  'assume-role-policy'?: z.infer<typeof AssumeRolePolicy> | undefined
}): Promise<void> {
  for (const [service, { rules }] of Object.entries(body.services ?? {})) await checkRules(rules, ['services', service])
  for (const [service, { rules }] of Object.entries(body.policy?.services ?? {}))
    await checkRules(rules, ['policy', 'services', service])
  await checkRules(body['assume-role-policy']?.rules, ['assume-role-policy'])
}

/** Warnings about rules of a policy that is saved, each with its place; undefined for none. */
export async function remarkOn({ services }: Policy, at = ''): Promise<string | undefined> {
  const remarks: string[] = []
  for (const [service, { type, rules = [] }] of Object.entries(services))
    for (const [index, rule] of (type === 'rules' ? rules : []).entries()) {
      const never = await whyNever(rule)
      const warning = never === undefined ? boundWarning(rule) : `The rule never matches: ${never}.`
      if (warning !== undefined) remarks.push(`${at}services.${service}.rules.${index}: ${warning}`)
    }
  return remarks.length > 0 ? remarks.join(' ') : undefined
}
