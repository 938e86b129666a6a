/** Refusal before the click of what the gateway would refuse: while it only reads, and by the roles of the person. */
import type { Operation, Operations } from './cloud.ts'
import { type ActivityKind, readOnlyUses } from './endpoint.ts'
import { allowsOnKey, groupsAllowed, type Need, verdictOf } from './gateway/allowed.ts'
import { reachOf } from './gateway/roles.ts'
import type { Session } from './gateway/wire.ts'
import type { CloudId, KmsKey } from './model.ts'
import type { OperationId } from './operations.ts'
import { readOnlyRefusal } from './refusals.ts'

type Permissions = Pick<Session, 'readOnly' | 'person' | 'grants' | 'needs'>

/** As the gateway answers before the first screen; the same until the page is loaded again or the person signs in again. */
let permissions: Permissions = { readOnly: false }

export function setPermissions(session: Permissions): void {
  permissions = session
}

/** What a call is about. */
interface Target {
  readonly cloud: CloudId
  readonly location?: string | undefined
  readonly project?: string | undefined
  /** Labels of the key; absent where they don't exist yet. */
  readonly labels?: Readonly<Record<string, string>> | undefined
}

function needOf(
  activity: ActivityKind,
  { cloud, location, project }: Target,
  { needs }: Permissions,
): Need | undefined {
  const role = needs?.[activity]
  if (role === undefined) return undefined
  return { role, reach: reachOf({ effect: 'change', activity }), provider: cloud, location, project }
}

/** Why the person's roles don't allow a call, in two sentences; undefined where they do. */
function refusedByRole(activity: ActivityKind, target: Target, by: Permissions): string | undefined {
  const { person, grants = [] } = by
  const need = person && needOf(activity, target, by)
  if (person === undefined || need === undefined) return undefined
  const { labels } = target
  const mayBe =
    labels === undefined ? verdictOf(person.grants, need) !== 'refused' : allowsOnKey(person.grants, need, labels)
  if (mayBe) return undefined
  const groups = groupsAllowed(grants, need).filter((group) => group !== '*')
  const who = groups.length > 0 ? ` Groups with it: ${groups.slice(0, 3).join(', ')}.` : ''
  return `This needs the role ${need.role}.${who}`
}

/** Why a call is refused whatever the key, in one or two sentences; undefined where it is not. */
export function refusalFor(activity: ActivityKind, target: Target, by: Permissions = permissions): string | undefined {
  if (by.readOnly && !readOnlyUses.has(activity)) return readOnlyRefusal
  return refusedByRole(activity, target, by)
}

const targetOf = ({ cloud, location, project, labels }: KmsKey): Target => ({ cloud, location, project, labels })

const guard = <Input, Answer>(id: OperationId, operation: Operation<Input, Answer>): Operation<Input, Answer> => ({
  ...operation,
  refusal: (key) => refusalFor(id, targetOf(key)) ?? operation.refusal(key),
})

/** A provider's operations, refused where the gateway would refuse them. */
export function withPermissions(operations: Operations): Operations {
  const entries = Object.entries(operations) as [OperationId, Operation<never, unknown>][]
  return Object.fromEntries(entries.map(([id, operation]) => [id, guard(id, operation)])) as Operations
}
