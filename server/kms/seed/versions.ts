/** Versions of a seed's key, with their material. */
import type { Algorithm } from '../../../src/clouds/algorithms.ts'
import { UnfitMaterialError } from '../crypto/pkcs8.ts'
import { derivedMaterial } from './derived-material.ts'
import { readMaterial } from './material.ts'
import type { SeedVersion } from './seed.ts'
import type { Path, SeedErrors } from './seed-errors.ts'

/** Version in any provider's part of a seed. */
export interface GivenVersion {
  readonly version?: number | undefined
  readonly createdAt?: number | undefined
  readonly automatic?: boolean | undefined
  readonly material?: string | undefined
}

export interface VersionFields {
  readonly number: string
  readonly createdAt: string
  readonly material: string
}

/**
 * @param label from which omitted material is derived
 * @param createdAt milliseconds; the time of versions without one
 */
export function versionsOf(
  given: readonly GivenVersion[],
  key: { readonly at: Path; readonly algorithm: Algorithm; readonly label: string; readonly createdAt: number },
  fields: VersionFields,
  errors: SeedErrors,
): readonly SeedVersion[] {
  let before = key.createdAt
  return given.map(({ version, createdAt = before, automatic = false, material }, index) => {
    const at = [...key.at, index]
    const number = index + 1
    if (version !== undefined && version !== number)
      errors.add([...at, fields.number], `must be ${number}, its place in the list`)
    if (index > 0 && createdAt < before)
      errors.add([...at, fields.createdAt], 'must not be before the version above it')
    before = createdAt
    return { version: number, createdAt, automatic, material: materialOf(material, number, [...at, fields.material]) }
  })

  function materialOf(text: string | undefined, number: number, at: Path): Uint8Array {
    if (text === undefined) return derivedMaterial(key.algorithm, `${key.label} v${number}`)
    try {
      return readMaterial(text, key.algorithm)
    } catch (error) {
      if (!(error instanceof UnfitMaterialError)) throw error
      errors.add(at, `must ${error.message}`)
      return new Uint8Array()
    }
  }
}
