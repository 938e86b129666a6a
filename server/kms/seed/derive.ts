/** Ids and bytes that a seed leaves out: the same ones for the same label in every run. */
import { hkdfSync } from 'node:crypto'
import { uuidOf } from '../exoscale/uuid.ts'
import { identityOf } from '../thalassa/identity.ts'

const PURPOSE = 'kms-console seed, version 1'

/** @param length 1 to 8,160 */
export const derivedBytes = (label: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sha256', label, '', PURPOSE, length))

/** The prefix, a dash and 20 characters of `0-9a-v`. */
export const derivedIdentity = (prefix: string, label: string): string =>
  identityOf(prefix, derivedBytes(`${prefix} ${label}`, 20))

export const derivedUuid = (label: string): string => uuidOf(derivedBytes(label, 16), 8)
