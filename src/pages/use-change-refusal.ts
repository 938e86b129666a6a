import { useSuspenseQuery } from '@tanstack/react-query'
import type { ActivityKind } from '../clouds/endpoint.ts'
import type { CloudId } from '../clouds/model.ts'
import { refusalFor } from '../clouds/permissions.ts'
import { queries } from '../clouds/queries.ts'

/** Why a change that is about no key can't be made here: the console is read-only, or the person's role is not enough. */
export function useChangeRefusal(activity: ActivityKind, cloud: CloudId, location?: string): string | undefined {
  const { data: session } = useSuspenseQuery(queries.session())
  return refusalFor(activity, { cloud, location }, session)
}
