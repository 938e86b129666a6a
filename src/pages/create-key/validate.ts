/** Validation of a draft before it is sent, with a schema derived from the provider's capabilities. */
import * as z from 'zod/mini'
import type { Capabilities } from '../../clouds/capabilities.ts'
import { needsPeriod } from '../../clouds/refusals.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { type Draft, externalOf, isBlank, type Pair, periodOf, rotationOf } from './draft.ts'

export const steps = ['where', 'material', 'name'] as const
export type StepId = (typeof steps)[number]

/** Pages of the wizard; material has one only when it is imported. */
export const stepsFor = (imports: boolean): readonly StepId[] => steps.filter((step) => imports || step !== 'material')

/** Error messages by field; a row of labels has the field `labels.0.name`. */
export type Errors = Readonly<Record<string, string>>

const stepsOfFields: Readonly<Record<string, StepId>> = {
  cloud: 'where',
  location: 'where',
  type: 'where',
  externalKey: 'where',
  name: 'name',
  description: 'name',
  labels: 'name',
  annotations: 'name',
  material: 'material',
  rotationPeriod: 'name',
}

/** Step with a field; undefined for fields of other forms. */
export const stepOfField = (field: string): StepId | undefined => stepsOfFields[field.split('.')[0] ?? '']

/** Number of characters, where a pair of surrogates is one, as providers count. */
export const characterCount = (text: string): number => [...text].length

const tooLong = (what: string, max: number) =>
  z.refine<string>((text) => characterCount(text) <= max, {
    error: ({ input }) => {
      const length = characterCount(String(input))
      return `${what} has ${formatNumber(length)} characters and ${formatNumber(max)} fit. Shorten it by ${formatNumber(length - max)}.`
    },
  })

const nameRule = ({ name: { min, max, pattern }, slugOf }: Capabilities) =>
  z.string().check(
    z.refine((name) => characterCount(name) >= min, {
      error: `Enter a name of ${min} to ${max} characters.`,
      abort: true,
    }),
    tooLong('The name', max),
    z.refine((name) => pattern === undefined || pattern.regex.test(name), { error: pattern?.description ?? '' }),
    z.refine((name) => slugOf === undefined || slugOf(name) !== '', {
      error: 'Add a letter a-z or a digit: the slug needs one.',
    }),
  )

type LabelLimits = NonNullable<Capabilities['labels']>

function rowProblem(
  pair: Pair,
  earlier: readonly Pair[],
  noun: string,
  { key, value }: LabelLimits,
): ['name' | 'value', string] | undefined {
  const name = pair.name.trim()
  if (isBlank(pair)) return undefined
  if (name === '') return ['name', `Give this ${noun} a name, or remove its row.`]
  if (characterCount(name) > key)
    return ['name', `The name of ${article(noun)} has at most ${key} characters. Shorten it.`]
  if (earlier.some((other) => other.name.trim() === name))
    return ['name', `“${name}” is there twice. Rename this ${noun} or remove its row.`]
  if (characterCount(pair.value) > value)
    return ['value', `A value has at most ${formatNumber(value)} characters. Shorten it.`]
  return undefined
}

const article = (noun: string) => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`

const rowsRule = (noun: string, limits: LabelLimits) =>
  z.array(z.custom<Pair>()).check(({ value: pairs, issues }) => {
    if (pairs.filter((pair) => !isBlank(pair)).length > limits.count)
      issues.push({
        code: 'custom',
        message: `A key has at most ${limits.count} ${noun}s. Remove some.`,
        input: pairs,
        path: [],
      })
    for (const [index, pair] of pairs.entries()) {
      const problem = rowProblem(pair, pairs.slice(0, index), noun, limits)
      if (problem) issues.push({ code: 'custom', message: problem[1], input: pair, path: [index, problem[0]] })
    }
  })

const schemaOf = (capabilities: Capabilities) =>
  z.object({
    location: z.string(`Choose a ${capabilities.locationNoun}.`),
    name: nameRule(capabilities),
    ...(capabilities.description
      ? { description: z.string().check(tooLong('The description', capabilities.description.max)) }
      : {}),
    ...(capabilities.labels
      ? { labels: rowsRule('label', capabilities.labels), annotations: rowsRule('annotation', capabilities.labels) }
      : {}),
    externalKey: z.optional(
      z.string().check(
        z.refine((id) => capabilities.externalKeys?.id.regex.test(id) !== false, {
          error: `Enter the id of the key in the store. ${capabilities.externalKeys?.id.description}.`,
        }),
      ),
    ),
    rotationPeriod: z.optional(
      z.union([z.number(), z.nan()]).check(
        z.refine((value) => needsPeriod(value, capabilities.rotationPeriod) === undefined, {
          error: ({ input }) => needsPeriod(Number(input), capabilities.rotationPeriod) ?? '',
        }),
      ),
    ),
  })

/** Errors of a draft by field; empty when it can be sent. */
export function validateDraft(
  draft: Draft,
  capabilities: Capabilities | undefined,
  location: string | undefined,
): Errors {
  if (!capabilities) return { cloud: 'Choose a cloud.' }
  const rotation = rotationOf(draft, capabilities)
  const external = externalOf(draft, capabilities)
  const parsed = z.safeParse(schemaOf(capabilities), {
    location,
    name: draft.name.trim(),
    description: draft.description.trim(),
    labels: draft.labels,
    annotations: draft.annotations,
    ...(external ? { externalKey: external.key.trim() } : {}),
    ...(rotation.automatic ? { rotationPeriod: periodOf(rotation).value } : {}),
  })
  const errors: Record<string, string> = {}
  for (const { path, message } of parsed.error?.issues ?? []) errors[path.join('.')] ??= message
  return errors
}

/** Errors of the wanted fields. */
export const errorsOf = (errors: Errors, isWanted: (field: string, step: StepId) => boolean): Errors =>
  Object.fromEntries(
    Object.entries(errors).filter(([field]) => {
      const step = stepOfField(field)
      return step !== undefined && isWanted(field, step)
    }),
  )

/** First step with an error, or the last. */
export const furthestStep = (errors: Errors): StepId =>
  steps.find((step) => Object.keys(errors).some((field) => stepOfField(field) === step)) ?? 'name'
