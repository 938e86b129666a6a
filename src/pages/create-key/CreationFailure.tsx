import { useQuery } from '@tanstack/react-query'
import type { Cloud } from '../../clouds/cloud.ts'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { useProject } from '../use-project.ts'
import { keyWithSameName, mayHaveBeenCreated } from './draft.ts'
import type { Wizard } from './use-wizard.ts'

/** Refusal that names no field; where the outcome is uncertain, with a look at the list of keys. */
export function CreationFailure({ wizard: { cloud, location, draft, failure } }: { wizard: Wizard }) {
  if (!failure) return null
  const { error, at } = failure
  if (!cloud || location === undefined || !mayHaveBeenCreated(error)) return <ErrorNote error={error} />
  return <LostResponse cloud={cloud} location={location} name={draft.name.trim()} since={at} error={error} />
}

interface LostResponseProps {
  cloud: Cloud
  location: string
  name: string
  /** Instant of the failure, in milliseconds since the epoch: lists that were read before don't count. */
  since: number
  error: unknown
}

/** Notice after a creation without a response: the key may exist, and whether the list has it. */
function LostResponse({ cloud, location, name, since, error }: LostResponseProps) {
  const list = useQuery(queries.keys(cloud.id, location, useProject()))
  const details = detailsOf(error)
  const made =
    list.dataUpdatedAt >= since ? keyWithSameName(name, list.data?.items ?? [], cloud.capabilities) : undefined
  const found = () => {
    if (made)
      return (
        <>
          {location} lists {made.name} now: <KeyLink to={addressOf(made)}>open that key</KeyLink> before you create
          another.
        </>
      )
    if (list.dataUpdatedAt >= since)
      return `${location} lists no key with this name yet. Look again before you create another: the creation can still be running.`
    if (list.isFetching) return `Reading the keys of ${location} again.`
    return `The keys of ${location} could not be read. Check them before you create another.`
  }
  return (
    <Banner
      tone="danger"
      title={`${name} may have been created: the answer was lost.`}
      meta={requestLine(details)}
      actions={
        <Button size="sm" busy={list.isFetching} onClick={() => void list.refetch()}>
          {list.isFetching ? 'Looking' : 'Look again'}
        </Button>
      }
    >
      {details.message} The request is not repeated. <span className="mt-1.5 block">{found()}</span>
    </Banner>
  )
}
