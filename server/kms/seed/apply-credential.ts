import type { KeyWrapper } from '../engine/key-wrapper.ts'
import type { Rows } from '../engine/store.ts'
import { credentialName } from '../engine/wrapped-names.ts'
import { isSameJson } from './same-json.ts'
import type { SeedCredential } from './seed.ts'
import type { SeedErrors } from './seed-errors.ts'

/** A store within a transaction, and where to say what stands in the way. */
export interface Target {
  readonly rows: Rows
  readonly keyWrapper: KeyWrapper
  readonly errors: SeedErrors
}

/** Adds a credential, or changes what it may do; its secret never changes. */
export function applyCredential(given: SeedCredential, { rows, keyWrapper, errors }: Target): void {
  const { at, secret, cloud, id, createdAt } = given
  const name = credentialName(cloud, id)
  const before = rows.credential(cloud, id)
  if (before && keyWrapper.unwrap(name, before.wrapped).toString('utf8') !== secret) {
    errors.add(at, `is another one than the store's for ${id}; choose another id or another KMS_DATA_DIR`)
    return
  }
  const isKept = before?.name === given.name && isSameJson(before.attributes, given.attributes)
  if (isKept) return
  const wrapped = before?.wrapped ?? keyWrapper.wrap(name, Buffer.from(secret, 'utf8'))
  rows.putCredential({ cloud, id, name: given.name, wrapped, createdAt, attributes: given.attributes })
}
