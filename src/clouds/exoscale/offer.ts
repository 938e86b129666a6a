/** Key types that a zone creates. No answer names a zone's revision, so the keys that it lists tell. */
import type { Algorithm } from '../algorithms.ts'
import type { KmsKey } from '../model.ts'
import { DEFAULT_KEY_SPEC, keySpecs, offeredAlgorithms } from './key-specs.ts'

/** Services that know key specifications name one for each key; older ones ignore that of a new key. */
export const algorithmsIn = (keys: readonly KmsKey[]): readonly Algorithm[] =>
  keys.some(({ assumedType }) => !assumedType)
    ? offeredAlgorithms
    : offeredAlgorithms.filter(({ name }) => name === keySpecs[DEFAULT_KEY_SPEC])
