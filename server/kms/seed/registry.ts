/** Providers of a seed: besides provider folders, the only file here that names one. */
import { exportExoscale } from '../exoscale/seed/export.ts'
import { exoscalePart } from '../exoscale/seed/rows.ts'
import { Exoscale, type ExoscaleInput, type ExoscaleSeed } from '../exoscale/seed/schema.ts'
import { exportThalassa } from '../thalassa/seed/export.ts'
import { thalassaPart } from '../thalassa/seed/rows.ts'
import { Thalassa, type ThalassaInput, type ThalassaSeed } from '../thalassa/seed/schema.ts'
import type { ExportSource } from './export-material.ts'
import type { SeedContext, SeedPart } from './seed.ts'

/** Members of a seed, one per provider. */
export const partSchemas = { thalassa: Thalassa.prefault({}), exoscale: Exoscale.prefault({}) }

interface Content {
  readonly thalassa: ThalassaSeed
  readonly exoscale: ExoscaleSeed
}

export const partsOf = ({ thalassa, exoscale }: Content, context: SeedContext): readonly SeedPart[] => [
  thalassaPart(thalassa, context),
  exoscalePart(exoscale, context),
]

interface Exported {
  readonly parts: { readonly thalassa: ThalassaInput; readonly exoscale: ExoscaleInput }
  /** Default time of objects in a seed; milliseconds. */
  readonly time: number | undefined
}

export async function exportParts(source: ExportSource): Promise<Exported> {
  const { part: exoscale, policyAt } = await exportExoscale(source)
  return { parts: { thalassa: await exportThalassa(source), exoscale }, time: policyAt }
}
