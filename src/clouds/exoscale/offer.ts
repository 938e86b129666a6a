/** Key types that a zone creates. No answer names a zone's revision, so the keys that it lists tell. */
import type { LocationOffer } from '../capabilities.ts'
import type { KmsKey } from '../model.ts'
import { DEFAULT_KEY_SPEC, keySpecs, offeredAlgorithms } from './key-specs.ts'

const symmetric = offeredAlgorithms.filter(({ name }) => name === keySpecs[DEFAULT_KEY_SPEC])

const none = `This zone lists no key, which would tell its key types. Create an ${DEFAULT_KEY_SPEC} key first.`
const older = 'This zone does not offer asymmetric keys yet.'

/** Services that know key specifications name one for each key; older ones ignore that of a new key. */
export function algorithmsIn(keys: readonly KmsKey[]): LocationOffer {
  if (keys.some(({ assumedType }) => !assumedType)) return { algorithms: offeredAlgorithms }
  return { algorithms: symmetric, note: keys.length === 0 ? none : older }
}
