import type { CiphertextFormat } from './ciphertext-format.ts'
import type { CloudId } from './model.ts'
import { clouds } from './registry.ts'

/** Formats by provider. They load with this file, which the first screen does not need. */
const formats: ReadonlyMap<CloudId, CiphertextFormat> = new Map(
  await Promise.all(clouds.map(async ({ id, ciphertextFormat }) => [id, await ciphertextFormat()] as const)),
)

/** @throws RangeError for an id that no provider has */
export function ciphertextFormatOf(id: CloudId): CiphertextFormat {
  const format = formats.get(id)
  if (!format) throw new RangeError(`No provider has the id ${id}`)
  return format
}
