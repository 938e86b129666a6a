/** Brings a store to the state that a seed names. */

import type { KeyWrapper } from '../engine/key-wrapper.ts'
import type { Rows, Store } from '../engine/store.ts'
import { compile, ExpressionError } from '../exoscale/iam/expressions.ts'
import { DETAILS_SETTING, ORGANISATION_SETTING } from '../exoscale/iam/organisation.ts'
import { ROLE_KIND, SEEDED } from '../exoscale/iam/roles.ts'
import { CLOUD as EXOSCALE } from '../exoscale/keys.ts'
import { CLOUD as THALASSA } from '../thalassa/authentication-credentials.ts'
import { applyTenant } from '../thalassa/seed/apply-tenant.ts'
import { applyCredential } from './apply-credential.ts'
import { applyKey } from './apply-key.ts'
import { isSameJson } from './same-json.ts'
import type { Seed } from './seed.ts'
import type { SeedErrors } from './seed-errors.ts'

/** What a seed is applied to. */
export interface SeedTarget {
  readonly store: Pick<Store, 'write'>
  readonly keyWrapper: KeyWrapper
}

/** Policies are refused as their API refuses them: where an expression is no CEL. */
async function checkExpressions({ expressions }: Seed, errors: SeedErrors): Promise<void> {
  for (const { at, expression } of expressions) {
    try {
      await compile(expression)
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      errors.add(at, error.message)
    }
  }
  errors.check()
}

function applyResources({ resources, hasRoles, roleIds }: Seed, rows: Rows, errors: SeedErrors): void {
  for (const { resource } of resources) {
    const before = rows.resource(resource.cloud, resource.kind, resource.id)
    if (!before || !isSameJson(before.content, resource.content)) rows.putResource(resource)
  }
  if (hasRoles && rows.setting(SEEDED) === undefined) rows.putSetting(SEEDED, 'yes')
  for (const { at, id } of roleIds) if (!rows.resource(EXOSCALE, ROLE_KIND, id)) errors.add(at, 'is the id of no role')
}

function applyOrganization({ organization }: Seed, rows: Rows): void {
  const { isGiven, id, details } = organization
  const isNew = rows.setting(ORGANISATION_SETTING) === undefined
  if (isNew || (isGiven && rows.setting(ORGANISATION_SETTING) !== id)) rows.putSetting(ORGANISATION_SETTING, id)
  if ((isNew || isGiven) && rows.setting(DETAILS_SETTING) !== details) rows.putSetting(DETAILS_SETTING, details)
}

/**
 * What the seed names is brought to the state that it says, in one transaction; everything else stays, and so do versions
 * that were added to its keys since. A second time it changes nothing. To be called before the clouds are opened.
 * @throws KmsStartError that names line, column and field where the store has other material or another secret under the
 * same id, or where a name is taken; nothing is written then
 */
export async function applySeed({ store, keyWrapper }: SeedTarget, seed: Seed): Promise<void> {
  const errors = seed.createErrors()
  await checkExpressions(seed, errors)
  await store.write((rows) => {
    const target = { rows, keyWrapper, errors }
    const tenant = applyTenant(seed, target)
    applyOrganization(seed, rows)
    applyResources(seed, rows, errors)
    for (const credential of seed.credentials) {
      const organisation = credential.cloud === THALASSA ? { organisation: tenant.organisation.identity } : {}
      applyCredential({ ...credential, attributes: { ...credential.attributes, ...organisation } }, target)
    }
    for (const key of seed.keys) applyKey(key, tenant, target)
    errors.check()
  })
}
