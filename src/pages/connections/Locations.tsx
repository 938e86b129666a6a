import { useQuery } from '@tanstack/react-query'
import { detailsOf } from '../../clouds/errors.ts'
import type { CloudId } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'

/** Locations that the console uses, before any test. */
export function Locations({ cloud }: { cloud: CloudId }) {
  const { data, error, isFetching, refetch } = useQuery(queries.locations(cloud))
  const words = `${cloudOf(cloud).capabilities.locationNoun}s`
  if (data)
    return (
      <ul className="flex flex-wrap gap-x-3 gap-y-1">
        {data.map(({ id, available, reason }) => (
          <li key={id} title={reason}>
            <Code>{id}</Code>
            {available ? null : <span className="text-fg-subtle"> without KMS</span>}
          </li>
        ))}
        {data.length === 0 ? <li>None.</li> : null}
      </ul>
    )
  if (error)
    return (
      <div className="flex flex-wrap items-center gap-2">
        <span className="text-danger-fg">
          The {words} could not be read. {detailsOf(error).message}
        </span>
        <Button size="sm" busy={isFetching} onClick={() => void refetch()}>
          Retry
        </Button>
      </div>
    )
  return (
    <span aria-busy="true">
      <span className="sr-only">Reading the {words}</span>
      <Skeleton width={160} />
    </span>
  )
}
