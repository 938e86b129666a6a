/** What the roles of this console allow on one key. */
import type { ActivityKind } from '../../../clouds/endpoint.ts'
import { allowsOnKey, type Need } from '../../../clouds/gateway/allowed.ts'
import { type Role, roles } from '../../../clouds/gateway/roles.ts'
import type { Session } from '../../../clouds/gateway/wire.ts'
import type { KmsKey } from '../../../clouds/model.ts'

export interface ConsoleRole {
  readonly role: Role
  /** What it needs the role for: those that a lower role has are there. */
  readonly activities: readonly ActivityKind[]
  /** Groups that have it for the key; `*` is everybody who is signed in. */
  readonly groups: readonly string[]
  /** Whether the person who is signed in has it for the key. */
  readonly isOwn: boolean
}

/** From the role with the fewest rights; those that nothing on the key needs are left out. */
export function consoleRoles(
  { person, grants = [], needs = {} }: Pick<Session, 'person' | 'grants' | 'needs'>,
  key: KmsKey,
  activities: readonly ActivityKind[],
): readonly ConsoleRole[] {
  const byGroup = Map.groupBy(grants, ({ group }) => group)
  return roles.flatMap((role) => {
    const needing = activities.filter((activity) => needs[activity] === role)
    if (needing.length === 0) return []
    const { cloud: provider, location, project, labels } = key
    const need: Need = { role, reach: 'location', provider, location, project }
    const groups = [...byGroup].flatMap(([group, held]) => (allowsOnKey(held, need, labels) ? [group] : []))
    return [{ role, activities: needing, groups, isOwn: allowsOnKey(person?.grants ?? [], need, labels) }]
  })
}
