/** Whether grants allow a call: the gateway decides by it, and the console shows it before. */
import { includesRole, type Reach, type Role } from './roles.ts'
import type { Grant } from './wire.ts'

/** What a call needs, and what it is about. */
export interface Need {
  readonly role: Role
  readonly reach: Reach
  readonly provider: string
  readonly location?: string | undefined
  /** As the call names it. */
  readonly project?: string | undefined
}

/** By their location and project alone: `labels` where it depends on the key's labels. */
export type Verdict = 'allowed' | 'refused' | 'labels'

const isOfProject = ({ where }: Grant, project: string | undefined) =>
  where?.name === 'project' && project !== undefined && where.value === project

/** Grants with the role that hold where the call is, but for labels. */
function grantsAt(held: readonly Grant[], need: Need): readonly Grant[] {
  const { role, reach, provider, location } = need
  const ofProvider = held.filter(
    (grant) => includesRole(grant.role, role) && (grant.provider === undefined || grant.provider === provider),
  )
  if (reach === 'general') return ofProvider
  return ofProvider.filter(
    (grant) => grant.location === undefined || (reach === 'location' && grant.location === location),
  )
}

/** Limits of the grants by labels, where one of them decides. */
export function verdictOf(held: readonly Grant[], need: Need): Verdict {
  const here = grantsAt(held, need)
  if (need.reach === 'general') return here.length > 0 ? 'allowed' : 'refused'
  if (here.some((grant) => grant.where === undefined || isOfProject(grant, need.project))) return 'allowed'
  const dependsOnLabels = here.some(({ where }) => where !== undefined && where.name !== 'project')
  return dependsOnLabels && need.reach === 'location' ? 'labels' : 'refused'
}

/** Whether the labels of the key, where its verdict is `labels`, allow the call. */
export const allowsByLabels = (
  held: readonly Grant[],
  need: Need,
  labels: Readonly<Record<string, unknown>>,
): boolean =>
  grantsAt(held, need).some(
    ({ where }) => where !== undefined && where.name !== 'project' && labels[where.name] === where.value,
  )

/** Whether a person is an admin everywhere, and so may end requests of others. */
export const isAdmin = (held: readonly Grant[]): boolean =>
  held.some(
    ({ role, provider, location, where }) =>
      role === 'admin' && provider === undefined && location === undefined && where === undefined,
  )

/** Whether grants allow a call about a key with these labels. */
export function allowsOnKey(held: readonly Grant[], need: Need, labels: Readonly<Record<string, unknown>>): boolean {
  const verdict = verdictOf(held, need)
  return verdict === 'allowed' || (verdict === 'labels' && allowsByLabels(held, need, labels))
}

/** Groups that could make the call; labels left aside. */
export const groupsAllowed = (grants: readonly Grant[], need: Need): readonly string[] => [
  ...new Set(grantsAt(grants, need).map(({ group }) => group)),
]
