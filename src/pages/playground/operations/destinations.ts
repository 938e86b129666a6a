/** Which keys a ciphertext can be made anew for. */
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { type KeyOption, keyOptionsOf } from '../../shared/key-picker-groups.ts'
import { operationsOf } from '../../shared/operations.ts'
import { addressText } from '../playground-url.ts'

/** The other keys of the same cloud and location that can encrypt; those that can't take it now are last, with why. */
export function destinationsOf(keys: readonly KmsKey[], chosen: KmsKey): readonly KeyOption[] {
  const own = addressText(addressOf(chosen))
  return keyOptionsOf(
    keys.filter(
      (key) =>
        key.cloud === chosen.cloud &&
        key.location === chosen.location &&
        addressText(addressOf(key)) !== own &&
        operationsOf(key).includes('reEncrypt'),
    ),
    'reEncrypt',
  )
}
