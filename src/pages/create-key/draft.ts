/** Draft of a key in the wizard, and the request it makes with a provider. Holds no secrets. */

import * as z from 'zod/mini'
import type { Algorithm, Purpose } from '../../clouds/algorithms.ts'
import type { Capabilities } from '../../clouds/capabilities.ts'
import type { NewKey } from '../../clouds/cloud.ts'
import { detailsOf, mayHaveSucceeded } from '../../clouds/errors.ts'
import type { KmsKey } from '../../clouds/model.ts'
import type { Period } from '../../clouds/period.ts'
import { isCloudId } from '../../clouds/registry.ts'
import { chosenPeriod } from '../shared/PeriodField.tsx'

const cloudId = z.string().check(z.refine(isCloudId))
const purpose = z.enum(['encrypt', 'sign', 'mac'])

const Pair = z.object({ id: z.number(), name: z.string(), value: z.string() })
/** Label or annotation of one row. */
export type Pair = z.infer<typeof Pair>

const RotationDraft = z.object({
  automatic: z.boolean(),
  /** Preset of the provider, or `other`. */
  choice: z.string(),
  /** Text of the field; used only while the choice is `other`. */
  other: z.string(),
  unit: z.enum(['days', 'hours']),
})
export type RotationDraft = z.infer<typeof RotationDraft>

const MaterialDraft = z.object({
  hash: z.string(),
  allowRotation: z.boolean(),
  /** Wrapped material was provided. It is not stored here, so after a reload it is missing. */
  given: z.boolean(),
})
export type MaterialDraft = z.infer<typeof MaterialDraft>

const ExternalDraft = z.object({
  /** Id of the key store. */
  store: z.string(),
  /** Id of the key in the store. */
  key: z.string(),
})
export type ExternalDraft = z.infer<typeof ExternalDraft>

/** All choices and inputs; what was not touched is absent and follows the provider's default. */
export const Draft = z.object({
  cloud: z.optional(cloudId),
  /** Location per provider, so that going to another provider and back keeps the choice. */
  locations: z.record(cloudId, z.string()),
  purpose: z.optional(purpose),
  types: z.partialRecord(purpose, z.string()),
  name: z.string(),
  description: z.string(),
  labels: z.array(Pair),
  annotations: z.array(Pair),
  exportAllowed: z.boolean(),
  multiZone: z.boolean(),
  /** Choices about imported key material; absent while the provider generates it. */
  material: z.optional(MaterialDraft),
  /** Key in a key store; absent while the provider has the material. */
  external: z.optional(ExternalDraft),
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

/** Draft from its stored JSON; the empty draft for any other text. */
export function readDraft(stored: string | null): Draft {
  try {
    const parsed = z.safeParse(Draft, JSON.parse(stored ?? ''))
    return parsed.success ? parsed.data : emptyDraft
  } catch {
    return emptyDraft
  }
}

/**
 * Kinds of keys that a location is known to create. While its keys are not read, what was chosen before is kept.
 * @param keys of the location; undefined while they are not read
 */
export function algorithmsIn(
  { algorithms, algorithmsIn: known }: Capabilities,
  keys: readonly KmsKey[] | undefined,
  draft: Draft,
): readonly Algorithm[] {
  if (!known) return algorithms
  if (keys) return known(keys)
  const chosen = draft.purpose !== undefined || Object.keys(draft.types).length > 0
  return chosen ? algorithms : known([])
}

export const purposesOf = ({ algorithms }: Capabilities): readonly Purpose[] =>
  purpose.options.filter((one) => algorithms.some((algorithm) => algorithm.purpose === one))

export function purposeOf(draft: Draft, capabilities: Capabilities): Purpose {
  const offered = purposesOf(capabilities)
  return offered.find((one) => one === draft.purpose) ?? offered[0] ?? 'encrypt'
}

/** Algorithms for the chosen purpose, the recommended one first. */
export function algorithmsFor(draft: Draft, capabilities: Capabilities): readonly Algorithm[] {
  const chosen = purposeOf(draft, capabilities)
  const offered = capabilities.algorithms.filter((algorithm) => algorithm.purpose === chosen)
  return offered.toSorted((a, b) => Number(b.recommended ?? false) - Number(a.recommended ?? false))
}

export function algorithmOf(draft: Draft, capabilities: Capabilities): Algorithm | undefined {
  const offered = algorithmsFor(draft, capabilities)
  const chosen = draft.types[purposeOf(draft, capabilities)]
  return offered.find(({ name }) => name === chosen) ?? offered[0]
}

/** Choices about imported material; undefined where none is imported or can be imported. */
export function importOf(draft: Draft, capabilities: Capabilities): MaterialDraft | undefined {
  const { imports } = capabilities
  if (!draft.material || !imports || importRefusal(draft, capabilities) !== undefined) return undefined
  const hash = imports.hashes.find((known) => known === draft.material?.hash) ?? imports.defaultHash
  return { ...draft.material, hash }
}

/** Why keys of the chosen algorithm can't be imported. */
export function importRefusal(draft: Draft, capabilities: Capabilities): string | undefined {
  const algorithm = algorithmOf(draft, capabilities)
  if (!algorithm || algorithm.importable) return undefined
  return `Keys of type ${capabilities.typeOf(algorithm)} can’t be imported: the cloud always generates their material.`
}

/** Whether keys of the chosen algorithm can be in a key store. */
export function allowsExternal(draft: Draft, capabilities: Capabilities): boolean {
  const algorithm = algorithmOf(draft, capabilities)
  return algorithm !== undefined && capabilities.externalKeys?.allows(algorithm) === true
}

/** The chosen key of a key store; undefined where the provider has the material. */
export const externalOf = (draft: Draft, capabilities: Capabilities): ExternalDraft | undefined =>
  allowsExternal(draft, capabilities) ? draft.external : undefined

/** Whether keys of the chosen algorithm and material rotate. */
export function canRotate(draft: Draft, capabilities: Capabilities): boolean {
  const algorithm = algorithmOf(draft, capabilities)
  if (externalOf(draft, capabilities)) return false
  return algorithm === undefined || capabilities.rotates?.(algorithm) !== false
}

/** Whether the key will never rotate, since its algorithm or material doesn't, or it is imported without allowing rotation. */
export const neverRotates = (draft: Draft, capabilities: Capabilities): boolean =>
  !canRotate(draft, capabilities) || importOf(draft, capabilities)?.allowRotation === false

/** Rotation as chosen, or the provider's default; off where the key can't rotate. */
export function rotationOf(draft: Draft, capabilities: Capabilities): RotationDraft {
  const { default: value, presets, unit } = capabilities.rotationPeriod
  const usual = { choice: presets.includes(value) ? String(value) : 'other', other: String(value), unit }
  const { automatic } = draft.rotation ?? { automatic: capabilities.rotatesFromCreation }
  // A period chosen for a provider with another unit says nothing about this one.
  const chosen = draft.rotation?.unit === unit ? draft.rotation : { ...usual, automatic }
  return neverRotates(draft, capabilities) ? { ...chosen, automatic: false } : chosen
}

/** Period of the draft; its value is NaN for a text that is no whole number. */
export const periodOf = (draft: RotationDraft): Period => ({ value: chosenPeriod(draft), unit: draft.unit })

/** Whether a row is empty, and ignored. */
export const isBlank = ({ name, value }: Pair): boolean => name.trim() === '' && value === ''

export const recordOf = (pairs: readonly Pair[]) =>
  Object.fromEntries(pairs.filter((pair) => !isBlank(pair)).map(({ name, value }) => [name.trim(), value]))

export interface Place {
  readonly location: string
  readonly project?: string | undefined
}

/**
 * Request for the draft's key; what the provider's keys don't have is left out.
 * @param wrapped base64 of wrapped material, needed only by the request that creates the key
 */
export function newKeyOf(draft: Draft, capabilities: Capabilities, { location, project }: Place, wrapped = ''): NewKey {
  const rotation = rotationOf(draft, capabilities)
  const algorithm = algorithmOf(draft, capabilities)
  const material = importOf(draft, capabilities)
  const external = externalOf(draft, capabilities)
  const period = periodOf(rotation)
  return {
    location,
    ...(project === undefined ? {} : { project }),
    type: algorithm ? capabilities.typeOf(algorithm) : '',
    purpose: purposeOf(draft, capabilities),
    name: draft.name.trim(),
    description: capabilities.description ? draft.description.trim() : '',
    labels: capabilities.labels ? recordOf(draft.labels) : {},
    annotations: capabilities.labels ? recordOf(draft.annotations) : {},
    exportAllowed: capabilities.exportAllowance && draft.exportAllowed,
    multiZone: capabilities.multiZone && draft.multiZone && !external,
    rotation: {
      automatic: rotation.automatic,
      ...(rotation.automatic && Number.isInteger(period.value) ? { period } : {}),
    },
    ...(external ? { external: { store: external.store, key: external.key.trim() } } : {}),
    ...(material ? { material: { wrapped, hash: material.hash, allowRotation: material.allowRotation } } : {}),
  }
}

/** Whether a failed creation may have created the key. A failed GET means that only reading it back failed. */
export const mayHaveBeenCreated = (error: unknown): boolean =>
  mayHaveSucceeded(error) || detailsOf(error).method === 'GET'

/** Key of the same location with the same slug or, where there are no slugs, the same name. */
export function keyWithSameName(name: string, keys: readonly KmsKey[], { slugOf }: Capabilities): KmsKey | undefined {
  const wanted = name.trim()
  if (wanted === '') return undefined
  if (!slugOf) return keys.find((key) => key.name === wanted)
  const slug = slugOf(wanted)
  return slug === '' ? undefined : keys.find((key) => key.slug === slug)
}
