/** Export of a store's content as a seed. */
import { stringify } from 'yaml'
import { type ExportSource, timeText } from './export-material.ts'
import { exportParts } from './registry.ts'
import type { SeedInput } from './schema.ts'

const withMaterialText = 'Key material and secrets are in it: anyone with this file has every key.'
const withoutMaterialText =
  'Credentials and key material are left out; with --with-material they are in it. Without, keys get derived material.'

/** YAML for `readSeed`. Replicas are written as zones; the audit log and wrapping keys are omitted. */
export async function exportSeed(source: ExportSource): Promise<string> {
  const { parts, time } = await exportParts(source)
  const seed: SeedInput = { ...(time !== undefined && { createdAt: timeText(time) }), ...parts }
  const note = source.withMaterial ? withMaterialText : withoutMaterialText
  return `# Seed of a local KMS. ${note}\n${stringify(seed, { lineWidth: 0 })}`
}
