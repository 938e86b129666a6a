/** Which keys a ciphertext can be made anew for. */
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { operationsOf } from './operations.ts'
import { type KeyOption, optionsOf } from './picker-groups.ts'
import { addressText } from './view.ts'

/** The other keys of the same cloud and location that can encrypt; those that can't take it now are last, with why. */
export function destinationsOf(keys: readonly KmsKey[], chosen: KmsKey): readonly KeyOption[] {
  const own = addressText(addressOf(chosen))
  return optionsOf(
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
