import { useQuery } from '@tanstack/react-query'
import type { Cloud } from '../../clouds/cloud.ts'
import { detailsOf, requestLine } from '../../clouds/errors.ts'
import { addressOf } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { KeyLink } from '../shared/KeyLink.tsx'
import { useProject } from '../use-project.ts'
import { keyWithSameName } from './draft.ts'

interface LostResponseProps {
  cloud: Cloud
  location: string
  name: string
  /** When it failed: a list that was read before says nothing. Milliseconds since the epoch. */
  since: number
  error: unknown
}

/** After a creation without an answer: that the key may exist, and whether the list has it. */
export function LostResponse({ cloud, location, name, since, error }: LostResponseProps) {
  const list = useQuery(queries.keys(cloud.id, location, useProject()))
  const details = detailsOf(error)
  const made = list.dataUpdatedAt > since ? keyWithSameName(name, list.data ?? [], cloud.capabilities) : undefined
  const found = () => {
    if (made)
      return (
        <>
          {location} lists {made.name} now: <KeyLink to={addressOf(made)}>open that key</KeyLink> before you create
          another.
        </>
      )
    if (list.dataUpdatedAt > since)
      return `${location} lists no key of that name as yet. Look again before you create another: it may still be on its way.`
    if (list.isFetching) return `The list of ${location} is being read again.`
    return `The list of ${location} could not be read again. Look there before you create another.`
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
      {details.message} Nothing was tried a second time. <span className="mt-1.5 block">{found()}</span>
    </Banner>
  )
}
