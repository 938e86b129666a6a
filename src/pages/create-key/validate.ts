/** What is wrong with a draft, before anything is sent: one schema, made from what the cloud announces. */
import * as z from 'zod/mini'
import type { Capabilities } from '../../clouds/cloud.ts'
import { needsPeriod } from '../../clouds/refusals.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { type Draft, isBlank, type Pair, periodInDays, rotationOf } from './draft.ts'

export const steps = ['where', 'purpose', 'details', 'material', 'rotation', 'review'] as const
export type StepId = (typeof steps)[number]

/** The steps that are walked; one's own material has a step only when it is imported. */
export const stepsFor = (imports: boolean): readonly StepId[] => steps.filter((step) => imports || step !== 'material')

/** Sentences by field; a row of labels has the field `labels.0.name`. */
export type Errors = Readonly<Record<string, string>>

const stepsOfFields: Readonly<Record<string, StepId>> = {
  cloud: 'where',
  location: 'where',
  type: 'purpose',
  name: 'details',
  description: 'details',
  labels: 'details',
  annotations: 'details',
  material: 'material',
  rotationPeriod: 'rotation',
}

/** The step that asks for a field; undefined for fields of other forms. */
export const stepOfField = (field: string): StepId | undefined => stepsOfFields[field.split('.')[0] ?? '']

/** Characters, where a pair of surrogates is one: as the clouds count. */
export const characterCount = (text: string): number => [...text].length

const tooLong = (what: string, max: number) =>
  z.refine<string>((text) => characterCount(text) <= max, {
    error: ({ input }) => {
      const length = characterCount(String(input))
      return `${what} has ${formatNumber(length)} characters and ${formatNumber(max)} fit. Shorten it by ${formatNumber(length - max)}.`
    },
  })

const nameRule = ({ name: { min, max }, slugOf }: Capabilities) =>
  z.string().check(
    z.refine((name) => characterCount(name) >= min, {
      error: `Enter a name of ${min} to ${max} characters.`,
      abort: true,
    }),
    tooLong('The name', max),
    z.refine((name) => slugOf === undefined || slugOf(name) !== '', {
      error: 'Add a letter a-z or a digit: the slug is made of those.',
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
    return ['name', `“${name}” stands twice. Rename this ${noun} or remove its row.`]
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

const schemaOf = (traits: Capabilities) =>
  z.object({
    location: z.string(`Choose a ${traits.locationNoun}.`),
    name: nameRule(traits),
    description: z.string().check(tooLong('The description', traits.description.max)),
    ...(traits.labels
      ? { labels: rowsRule('label', traits.labels), annotations: rowsRule('annotation', traits.labels) }
      : {}),
    rotationPeriod: z.optional(
      z.union([z.number(), z.nan()]).check(
        z.refine((days) => needsPeriod(days, traits.rotationPeriod) === undefined, {
          error: ({ input }) => needsPeriod(Number(input), traits.rotationPeriod) ?? '',
        }),
      ),
    ),
  })

/** All that is wrong with a draft, at its fields; empty when it can be sent. */
export function validateDraft(draft: Draft, traits: Capabilities | undefined, location: string | undefined): Errors {
  if (!traits) return { cloud: 'Choose a cloud.' }
  const rotation = rotationOf(draft, traits)
  const parsed = z.safeParse(schemaOf(traits), {
    location,
    name: draft.name.trim(),
    description: draft.description.trim(),
    labels: draft.labels,
    annotations: draft.annotations,
    ...(rotation.automatic ? { rotationPeriod: periodInDays(rotation) } : {}),
  })
  const errors: Record<string, string> = {}
  for (const { path, message } of parsed.error?.issues ?? []) errors[path.join('.')] ??= message
  return errors
}

/** The errors of some steps only. */
export const errorsOf = (errors: Errors, isWanted: (step: StepId) => boolean): Errors =>
  Object.fromEntries(
    Object.entries(errors).filter(([field]) => {
      const step = stepOfField(field)
      return step !== undefined && isWanted(step)
    }),
  )

/** How far one may go: the first step that something is wrong with, or review. */
export const furthestStep = (errors: Errors): StepId =>
  steps.find((step) => Object.keys(errors).some((field) => stepOfField(field) === step)) ?? 'review'
