import { credentialName } from '../engine/wrapped-names.ts'
import { isSameJson } from './same-json.ts'
import type { SeedCredential, Target } from './seed.ts'

/** Adds a credential, or changes what it may do; its secret never changes. */
export function applyCredential(given: SeedCredential, { rows, keyWrapper, errors }: Target): void {
  const { at, secret, cloud, id, createdAt } = given
  const name = credentialName(cloud, id)
  const before = rows.credential(cloud, id)
  if (before && keyWrapper.unwrap(name, before.wrapped).toString('utf8') !== secret) {
    errors.add(at, `is another one than the store's for ${id}; choose another id or another KMS_DATA_DIR`)
    return
  }
  if (before?.name === given.name && isSameJson(before.attributes, given.attributes)) return
  const wrapped = before?.wrapped ?? keyWrapper.wrap(name, Buffer.from(secret, 'utf8'))
  rows.putCredential({ cloud, id, name: given.name, wrapped, createdAt, attributes: given.attributes })
}
