/** Grants of the setting `ROLES`: the roles of people by their groups. */
import { roles } from '../../src/clouds/gateway/roles.ts'
import type { Grant } from '../../src/clouds/gateway/wire.ts'
import type { GatewayProvider } from '../gateway/provider.ts'

const GRANT = /^(\S+)\s*:\s*([a-z]+)(?:\s+on\s+([a-z0-9-]+)(?:\/([a-z0-9-]+))?)?(?:\s+where\s+([^\s=]+)=(\S+))?$/

/** A cloud that a role can be limited to. */
type Cloud = Pick<GatewayProvider, 'id' | 'name' | 'hasLabels'>

/** @returns the grant, or why the text is none */
function grantOf(text: string, clouds: readonly Cloud[]): Grant | string {
  const [, group, role, provider, location, name, value] = GRANT.exec(text) ?? []
  const cloud = clouds.find(({ id }) => id === provider)
  const known = roles.find((one) => one === role)
  if (group === undefined || role === undefined)
    return `“${text}” must be GROUP: ROLE, with “on CLOUD” or “where NAME=VALUE” after it`
  if (known === undefined) return `“${role}” is no role: ${roles.join(', ')}`
  if (provider !== undefined && cloud === undefined)
    return `“${provider}” is no cloud: ${clouds.map(({ id }) => id).join(', ')}`
  if (name !== undefined && cloud?.hasLabels === false)
    return `“${text}” never holds: keys of ${cloud.name} have no labels and no projects`
  if (name !== undefined && known === 'viewer')
    return `“${text}” can’t be: who may list keys sees those with other labels too`
  return {
    group,
    role: known,
    ...(provider !== undefined && { provider }),
    ...(location !== undefined && { location }),
    ...(name !== undefined && value !== undefined && { where: { name, value } }),
  }
}

/**
 * Grants of the text `admins: admin; sre: operator on CLOUD/LOCATION where env=staging; *: viewer`.
 * @param mistakes gets one sentence for each part that is no grant
 */
export function readGrants(text: string, clouds: readonly Cloud[], mistakes: string[]): readonly Grant[] {
  const parts = text.split(/[;\n]/).map((part) => part.trim())
  return parts
    .filter((part) => part !== '' && !part.startsWith('#'))
    .flatMap((part) => {
      const grant = grantOf(part, clouds)
      if (typeof grant !== 'string') return [grant]
      mistakes.push(grant)
      return []
    })
}

/** Grants of a person in these groups. */
export const grantsFor = (grants: readonly Grant[], groups: readonly string[]): readonly Grant[] =>
  grants.filter(({ group }) => group === '*' || groups.includes(group))

/** Groups that the grants name. */
export const groupsOfGrants = (grants: readonly Grant[]): readonly string[] => grants.map(({ group }) => group)
