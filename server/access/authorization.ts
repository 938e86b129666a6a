/** Whether a person may make a call of a provider, by their grants. */
import { allowsByLabels, groupsAllowed, type Need, verdictOf } from '../../src/clouds/gateway/allowed.ts'
import { reachOf, roleFor } from '../../src/clouds/gateway/roles.ts'
import type { Grant } from '../../src/clouds/gateway/wire.ts'
import { pick } from '../gateway/pick.ts'
import { ProblemError } from '../gateway/problem.ts'
import { decidingMember, keyCallOf, type ProviderCall } from '../gateway/provider-call.ts'

/** JSON of the answer to a call that reads; undefined where there is none. */
export type Read = (planned: ProviderCall) => Promise<unknown>

/** Labels of the key that the call is about: of the one to create, those of the body. */
async function labelsOf(planned: ProviderCall, read: Read): Promise<Readonly<Record<string, unknown>>> {
  const keyCall = keyCallOf(planned)
  const labels =
    planned.row.activity === 'create'
      ? decidingMember(planned, 'labels')
      : pick(keyCall && (await read(keyCall)), ['labels']).labels
  return pick(labels, Object.keys(labels ?? {}))
}

const refusalOf = (need: Need, name: string, grants: readonly Grant[]): ProblemError => {
  const groups = groupsAllowed(grants, need).filter((group) => group !== '*')
  const who = groups.length > 0 ? ` Groups with it: ${groups.slice(0, 5).join(', ')}.` : ''
  const place = need.location === undefined ? name : `${name}, ${need.location}`
  return new ProblemError({
    slug: 'not-allowed',
    detail: `This needs the role ${need.role} for ${place}.${who}`,
    cloud: name,
  })
}

/**
 * @param held grants of the person
 * @param grants all grants, which the refusal names
 * @throws ProblemError for a call that they don't allow, or whose body decides and can't be read
 */
export async function authorizeCall(
  planned: ProviderCall,
  held: readonly Grant[],
  grants: readonly Grant[],
  read: Read,
): Promise<void> {
  const { connection, row, location, project } = planned
  const at = (place: string | undefined): Need => ({
    role: roleFor(row),
    reach: reachOf(row),
    provider: connection.id,
    location: place,
    project,
  })
  const { locationInBody: member } = row
  const second = member === undefined ? undefined : decidingMember(planned, member)
  const places = typeof second === 'string' ? [location, second] : [location]
  let labels: Promise<Readonly<Record<string, unknown>>> | undefined
  for (const need of places.map(at)) {
    const verdict = verdictOf(held, need)
    if (verdict === 'allowed') continue
    if (verdict === 'labels') {
      labels ??= labelsOf(planned, read)
      if (allowsByLabels(held, need, await labels)) continue
    }
    throw refusalOf(need, connection.name, grants)
  }
}
