/** Brings a store to the state of a seed. */

import { unaudited } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import type { Store } from '../engine/store.ts'
import { credentialName } from '../engine/wrapped-names.ts'
import { applyKey } from './apply-key.ts'
import { isSameJson } from './same-json.ts'
import type { Seed, SeedCredential, SeedPart, Target } from './seed.ts'

/** Store and key wrapper that a seed is applied to. */
export interface SeedTarget {
  readonly store: Pick<Store, 'write'>
  readonly keyWrapper: KeyWrapper
}

function applyResources({ resources }: SeedPart, { rows }: Target): void {
  for (const { resource } of resources) {
    const before = rows.resource(resource.cloud, resource.kind, resource.id)
    if (!before || !isSameJson(before.content, resource.content)) rows.putResource(resource)
  }
}

/** Adds a credential or changes its permissions; its secret never changes. */
function applyCredential(given: SeedCredential, { rows, keyWrapper, errors }: Target): void {
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

/**
 * Brings the objects in the seed to their state there, in one transaction. Everything else stays, and so do versions
 * that were added to its keys since. Idempotent. Call it before opening the providers.
 * @throws KmsStartError with line, column and field if the store has other material or another secret under the
 * same id, or if a name is taken; nothing is written then
 */
export async function applySeed({ store, keyWrapper }: SeedTarget, seed: Seed): Promise<void> {
  const errors = seed.createErrors()
  for (const part of seed.parts) await part.check?.(errors)
  errors.check()
  await store.write((rows) => {
    const target = { rows, keyWrapper, errors }
    const applied = seed.parts.map((part) => {
      applyResources(part, target)
      return { part, ...part.apply(target) }
    })
    for (const { part, credentialAttributes } of applied)
      for (const credential of part.credentials)
        applyCredential({ ...credential, attributes: { ...credential.attributes, ...credentialAttributes } }, target)
    for (const { part, scopeOf } of applied) {
      for (const key of part.keys) {
        if (key.isDefault && rows.keyByUniqueName(key.key, key.key.uniqueName)) continue
        const scope = scopeOf(key)
        if (scope !== undefined) applyKey(key, scope, part.keyRules, target)
      }
    }
    errors.check()
    return unaudited('seed', undefined)
  })
}
