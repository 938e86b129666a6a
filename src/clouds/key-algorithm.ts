import type { Algorithm } from './algorithms.ts'
import type { KmsKey } from './model.ts'
import { cloudOf } from './registry.ts'

/** Whether the key has public keys that its provider hands out. */
export const hasPublicKey = (key: KmsKey): boolean =>
  cloudOf(key.cloud).publicKeys !== undefined && algorithmOf(key)?.publicKey === true

/** Algorithm of a key by its provider's name of the type; undefined for a type that this build does not know. */
export function algorithmOf({
  cloud,
  type,
  purpose,
}: Pick<KmsKey, 'cloud' | 'type' | 'purpose'>): Algorithm | undefined {
  const { algorithms, typeOf } = cloudOf(cloud).capabilities
  const named = algorithms.filter((algorithm) => typeOf(algorithm) === type)
  return named.find((algorithm) => algorithm.purpose === purpose) ?? named[0]
}
