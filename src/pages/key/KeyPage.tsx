import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { type LoaderFunctionArgs, type Params, useParams } from 'react-router'
import { detailsOf } from '../../clouds/errors.ts'
import type { KeyAddress, KmsKey } from '../../clouds/model.ts'
import { cloudOf, isCloudId, queries } from '../../clouds/queries.ts'
import type { Links } from '../paths.ts'
import { type Crumb, Page } from '../shared/Page.tsx'
import { projectOf, useLinks, useProject } from '../use-project.ts'
import { KeyContent } from './KeyContent.tsx'
import { KeyFailed, UnknownCloud } from './KeyFailed.tsx'
import { KeySkeleton } from './KeySkeleton.tsx'

function readAddress({ cloud, location, key }: Params, project: string | undefined): KeyAddress | undefined {
  if (cloud === undefined || !isCloudId(cloud) || location === undefined || key === undefined) return undefined
  return { cloud, location, key, ...(project !== undefined && cloudOf(cloud).projects ? { project } : {}) }
}

export const load =
  (client: QueryClient) =>
  ({ params, request }: LoaderFunctionArgs) => {
    const address = readAddress(params, projectOf(request))
    if (address) void client.prefetchQuery(queries.key(address))
    return null
  }

const crumbsTo = ({ cloud, location }: KeyAddress, links: Links): readonly Crumb[] => [
  { label: 'Keys', to: links.keys() },
  { label: cloudOf(cloud).name },
  { label: location, mono: true },
]

/** What a list already told of a key is better than nothing while it is read, and when it can't be. */
function useListedKey(address: KeyAddress): KmsKey | undefined {
  const list = queries.keys(address.cloud, address.location, address.project)
  const keys = useQueryClient().getQueryData<readonly KmsKey[]>(list.queryKey)
  return keys?.find(({ id }) => id === address.key)
}

/** A key by its id, or by its slug where the cloud takes one. */
function KeyView({ address }: { address: KeyAddress }) {
  const key = useQuery(queries.key(address))
  const listed = useListedKey(address)
  const retry = () => void key.refetch()
  const crumbs = crumbsTo(address, useLinks())
  const gone = key.error !== null && detailsOf(key.error).reason === 'not-found'
  const known = gone ? undefined : (key.data ?? listed)

  if (known)
    return (
      <Page title={known.name} crumbs={crumbs} ownHeading>
        <KeyContent key={known.id} keyOf={known} stale={key.error} retrying={key.isFetching} onRetry={retry} />
      </Page>
    )
  return (
    <Page title={address.key} crumbs={crumbs}>
      {key.error ? (
        <KeyFailed address={address} error={key.error} retrying={key.isFetching} onRetry={retry} />
      ) : (
        <KeySkeleton />
      )}
    </Page>
  )
}

export default function KeyPage() {
  const params = useParams()
  const links = useLinks()
  const address = readAddress(params, useProject())
  if (address) return <KeyView key={links.key(address)} address={address} />
  return (
    <Page title="Unknown cloud" crumbs={[{ label: 'Keys', to: links.keys() }]}>
      <UnknownCloud named={params.cloud ?? ''} />
    </Page>
  )
}
