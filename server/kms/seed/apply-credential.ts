import type { Rows } from '../engine/store.ts'
import type { Vault } from '../engine/vault.ts'
import { credentialName } from '../engine/wrapped-names.ts'
import type { Faults } from './faults.ts'
import { isSame } from './same.ts'
import type { SeedCredential } from './seed.ts'

/** A store within a transaction, and where to say what stands in the way. */
export interface Target {
  readonly rows: Rows
  readonly vault: Vault
  readonly faults: Faults
}

/** Adds a credential, or changes what it may do; its secret never changes. */
export function applyCredential(given: SeedCredential, { rows, vault, faults }: Target): void {
  const { at, secret, cloud, id, createdAt } = given
  const name = credentialName(cloud, id)
  const before = rows.credential(cloud, id)
  if (before && vault.unwrap(name, before.wrapped).toString('utf8') !== secret) {
    faults.add(at, `is another one than the store's for ${id}; choose another id or another KMS_DATA_DIR`)
    return
  }
  const isKept = before?.name === given.name && isSame(before.attributes, given.attributes)
  if (isKept) return
  const wrapped = before?.wrapped ?? vault.wrap(name, Buffer.from(secret, 'utf8'))
  rows.putCredential({ cloud, id, name: given.name, wrapped, createdAt, attributes: given.attributes })
}
