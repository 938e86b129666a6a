import { hkdfSync } from 'node:crypto'

const PURPOSE = 'kms-console seed, version 1'

/**
 * Bytes for ids and material that a seed omits, derived from a label: the same in every run.
 * @param length 1 to 8,160
 */
export const derivedBytes = (label: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', label, '', PURPOSE, length))
