/** What is being typed into the wizard, and what it means for a cloud. Nothing in here is secret. */
import * as z from 'zod/mini'
import type { Algorithm, Purpose } from '../../clouds/algorithms.ts'
import type { Capabilities, NewKey } from '../../clouds/cloud.ts'
import { detailsOf, mayHaveSucceeded } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'

const cloudId = z.enum(['thalassa', 'exoscale'])
const purpose = z.enum(['encrypt', 'sign', 'mac'])

export const periodChoices = ['30', '90', '180', '365', 'other'] as const
const periodChoice = z.enum(periodChoices)
export type PeriodChoice = z.infer<typeof periodChoice>

const Pair = z.object({ id: z.number(), name: z.string(), value: z.string() })
/** A label or annotation as it stands in its row. */
export type Pair = z.infer<typeof Pair>

const RotationDraft = z.object({ automatic: z.boolean(), period: periodChoice, days: z.string() })
export type RotationDraft = z.infer<typeof RotationDraft>

const MaterialDraft = z.object({
  hash: z.string(),
  allowRotation: z.boolean(),
  /** The wrapped material was given once; it is not kept here, so after a reload it is missing. */
  given: z.boolean(),
})
export type MaterialDraft = z.infer<typeof MaterialDraft>

/** Everything chosen and typed; what was not touched is absent and follows the cloud's own default. */
export const Draft = z.object({
  cloud: z.optional(cloudId),
  /** One for each cloud, so that going to another cloud and back keeps the first choice. */
  locations: z.partialRecord(cloudId, z.string()),
  purpose: z.optional(purpose),
  types: z.partialRecord(purpose, z.string()),
  name: z.string(),
  description: z.string(),
  labels: z.array(Pair),
  annotations: z.array(Pair),
  exportAllowed: z.boolean(),
  multiZone: z.boolean(),
  /** What is chosen about key material of one's own; absent while the cloud is to make it. */
  material: z.optional(MaterialDraft),
  rotation: z.optional(RotationDraft),
})
export type Draft = z.infer<typeof Draft>

export const emptyDraft: Draft = {
  locations: {},
  types: {},
  name: '',
  description: '',
  labels: [],
  annotations: [],
  exportAllowed: false,
  multiZone: false,
}

export const isEmptyDraft = (draft: Draft): boolean => JSON.stringify(draft) === JSON.stringify(emptyDraft)

/** A stored draft; the empty one for anything else. */
export function readDraft(stored: string | null): Draft {
  try {
    const parsed = z.safeParse(Draft, JSON.parse(stored ?? ''))
    return parsed.success ? parsed.data : emptyDraft
  } catch {
    return emptyDraft
  }
}

export const purposesOf = ({ algorithms }: Capabilities): readonly Purpose[] =>
  purpose.options.filter((one) => algorithms.some((algorithm) => algorithm.purpose === one))

export function purposeOf(draft: Draft, traits: Capabilities): Purpose {
  const offered = purposesOf(traits)
  return offered.find((one) => one === draft.purpose) ?? offered[0] ?? 'encrypt'
}

/** The algorithms for the chosen purpose, the recommended one first. */
export function algorithmsFor(draft: Draft, traits: Capabilities): readonly Algorithm[] {
  const chosen = purposeOf(draft, traits)
  const offered = traits.algorithms.filter((algorithm) => algorithm.purpose === chosen)
  return offered.toSorted((a, b) => Number(b.recommended ?? false) - Number(a.recommended ?? false))
}

export function algorithmOf(draft: Draft, traits: Capabilities): Algorithm | undefined {
  const offered = algorithmsFor(draft, traits)
  const chosen = draft.types[purposeOf(draft, traits)]
  return offered.find(({ name }) => name === chosen) ?? offered[0]
}

/** What is chosen about imported material; undefined where the cloud makes it, also because it or the algorithm knows no import. */
export function importOf(draft: Draft, traits: Capabilities): MaterialDraft | undefined {
  const { imports } = traits
  if (!draft.material || !imports || importRefusal(draft, traits) !== undefined) return undefined
  const hash = imports.hashes.find((known) => known === draft.material?.hash) ?? imports.defaultHash
  return { ...draft.material, hash }
}

/** Why the chosen algorithm can't be imported. */
export function importRefusal(draft: Draft, traits: Capabilities): string | undefined {
  const algorithm = algorithmOf(draft, traits)
  if (!algorithm || algorithm.importable) return undefined
  return `Keys of type ${traits.typeOf(algorithm)} can’t be imported: the cloud always makes their material.`
}

/** Whether the key will never rotate: imported without allowing it. */
export const neverRotates = (draft: Draft, traits: Capabilities): boolean =>
  importOf(draft, traits)?.allowRotation === false

const choiceOf = (days: number): PeriodChoice => periodChoices.find((choice) => choice === String(days)) ?? 'other'

/** As chosen; the cloud's default while rotation was not touched; off where the key can't rotate. */
export function rotationOf(draft: Draft, traits: Capabilities): RotationDraft {
  const days = traits.rotationPeriod.default
  const untouched = { automatic: traits.rotatesFromCreation, period: choiceOf(days), days: String(days) }
  const chosen = draft.rotation ?? untouched
  return neverRotates(draft, traits) ? { ...chosen, automatic: false } : chosen
}

/** The period in days; NaN for a text that is no whole number. */
export function periodInDays({ period, days }: RotationDraft): number {
  const text = period === 'other' ? days.trim() : period
  return /^\d+$/.test(text) ? Number(text) : Number.NaN
}

/** A row that nothing was typed into counts for nothing. */
export const isBlank = ({ name, value }: Pair): boolean => name.trim() === '' && value === ''

const recordOf = (pairs: readonly Pair[]) =>
  Object.fromEntries(pairs.filter((pair) => !isBlank(pair)).map(({ name, value }) => [name.trim(), value]))

export interface Place {
  readonly location: string
  readonly project?: string | undefined
}

/**
 * The key that the draft asks for; what the cloud's keys don't have is left out.
 * @param wrapped base64 of wrapped material, which only the call that makes the key needs
 */
export function newKeyOf(draft: Draft, traits: Capabilities, { location, project }: Place, wrapped = ''): NewKey {
  const rotation = rotationOf(draft, traits)
  const material = importOf(draft, traits)
  const days = periodInDays(rotation)
  return {
    location,
    ...(project === undefined ? {} : { project }),
    type: algorithmOf(draft, traits)?.name ?? '',
    name: draft.name.trim(),
    description: draft.description.trim(),
    labels: traits.labels ? recordOf(draft.labels) : {},
    annotations: traits.labels ? recordOf(draft.annotations) : {},
    exportAllowed: traits.exportAllowance && draft.exportAllowed,
    multiZone: traits.multiZone && draft.multiZone,
    rotation: {
      automatic: rotation.automatic,
      ...(rotation.automatic && Number.isInteger(days) ? { periodInDays: days } : {}),
    },
    ...(material ? { material: { wrapped, hash: material.hash, allowRotation: material.allowRotation } } : {}),
  }
}

/** Whether a creation that failed may have made the key: once reading it fails, it was made. */
export const mayHaveBeenCreated = (error: unknown): boolean =>
  mayHaveSucceeded(error) || detailsOf(error).method === 'GET'

/** The key, of those in the same location, that already has what this name would be known by there: its slug, or the name itself. */
export function keyWithSameName(name: string, keys: readonly KmsKey[], { slugOf }: Capabilities): KmsKey | undefined {
  const wanted = name.trim()
  if (wanted === '') return undefined
  if (!slugOf) return keys.find((key) => key.name === wanted)
  const slug = slugOf(wanted)
  return slug === '' ? undefined : keys.find((key) => key.slug === slug)
}
