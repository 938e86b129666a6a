import { WRAPPING_KEY_ALGORITHM } from '../../../src/clouds/thalassa/rules.ts'
import type { KeySpace } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import type { Answer } from './errors.ts'

/** The public key that material is wrapped with: one per region, of all organisations and projects. */
export async function wrappingKey(wrappingKeys: WrappingKeys, { cloud, location }: KeySpace): Promise<Answer> {
  const publicKey = await wrappingKeys.publicKey(cloud, location)
  return { status: 200, body: { publicKey, algorithm: WRAPPING_KEY_ALGORITHM } }
}
