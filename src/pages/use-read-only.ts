import { useSuspenseQuery } from '@tanstack/react-query'
import { queries } from '../clouds/queries.ts'
import { readOnlyRefusal } from '../clouds/refusals.ts'

/** Why nothing can be changed here, if so. */
export function useReadOnlyReason(): string | undefined {
  const { readOnly } = useSuspenseQuery(queries.session()).data
  return readOnly ? readOnlyRefusal : undefined
}
