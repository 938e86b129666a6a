import { type QueryClient, useQuery, useQueryClient } from '@tanstack/react-query'
import { detailsOf } from '../../clouds/errors.ts'
import type { KeyAddress, KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf, clouds, isCloudId } from '../../clouds/registry.ts'
import { matchPath, type Params } from '../../router/location.ts'
import { Link, useLocation } from '../../router/react.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { FailedState } from '../../ui/FailedState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import type { Visit } from '../page-modules.ts'
import type { Links } from '../paths.ts'
import { patterns } from '../patterns.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { type Crumb, Page } from '../shared/Page.tsx'
import { projectIn, useLinks, useProject } from '../use-project.ts'
import { KeyContent } from './KeyContent.tsx'

function readAddress({ cloud, location, key }: Params, project: string | undefined): KeyAddress | undefined {
  if (cloud === undefined || !isCloudId(cloud) || location === undefined || key === undefined) return undefined
  return { cloud, location, key, ...(project !== undefined && cloudOf(cloud).projects ? { project } : {}) }
}

export const load =
  (client: QueryClient) =>
  ({ params, search }: Visit) => {
    const address = readAddress(params, projectIn(search))
    if (address) void client.prefetchQuery(queries.key(address))
  }

const crumbsTo = ({ cloud, location }: KeyAddress, links: Links): readonly Crumb[] => [
  { label: 'Keys', to: links.keys() },
  { label: cloudOf(cloud).name },
  { label: location, mono: true },
]

/** Key as the list has it, shown while the key itself is read or can't be read. */
function useListedKey(address: KeyAddress): KmsKey | undefined {
  const list = queries.keys(address.cloud, address.location, address.project)
  const listed = useQueryClient().getQueryData(list.queryKey)
  return listed?.items.find(({ id }) => id === address.key)
}

/** Page of a key by its id, or by its slug where the provider has slugs. */
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
        <KeyContent key={known.id} kmsKey={known} stale={key.error} retrying={key.isFetching} onRetry={retry} />
      </Page>
    )
  return (
    <Page title={address.key} crumbs={crumbs}>
      {key.error ? (
        <FailedCall
          title={failureTitle(address, key.error)}
          error={key.error}
          retrying={key.isFetching}
          onRetry={retry}
          actions={<AllKeys />}
        />
      ) : (
        <KeySkeleton />
      )}
    </Page>
  )
}

export default function KeyPage() {
  const params = matchPath(patterns.key, useLocation().pathname) ?? {}
  const links = useLinks()
  const address = readAddress(params, useProject())
  if (address) return <KeyView key={links.key(address)} address={address} />
  return (
    <Page title="Unknown cloud" crumbs={[{ label: 'Keys', to: links.keys() }]}>
      <FailedState title={`There is no cloud named “${params.cloud ?? ''}” here`} actions={<AllKeys />}>
        The address of a key begins with {clouds.map(({ id }) => id).join(' or ')}. Check the link, or look for the key
        in the list.
      </FailedState>
    </Page>
  )
}

const AllKeys = () => (
  <Link to={useLinks().keys()} className={buttonClass()}>
    All keys
  </Link>
)

function failureTitle({ cloud, location }: KeyAddress, error: Error): string {
  const { reason } = detailsOf(error)
  if (reason === 'not-found') return 'This key was not found'
  if (reason === 'unavailable')
    return `Keys in ${cloudOf(cloud).capabilities.locationNoun} ${location} can’t be read now`
  return 'This key could not be read'
}

const rows = [180, 120, 210, 90, 240, 150]

/** Placeholder for header, tabs and properties. */
function KeySkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only">Reading the key</span>
      <div className="grid gap-3 pt-6 pb-4">
        <Skeleton width={200} height={18} />
        <Skeleton width={420} />
      </div>
      <div className="flex h-9 items-center gap-5 border-line border-b">
        <Skeleton width={60} />
        <Skeleton width={60} />
        <Skeleton width={60} />
      </div>
      <div className="mt-4 rounded-lg border border-line px-3.5 py-4">
        {rows.map((width) => (
          <div key={width} className="flex h-8 items-center gap-16">
            <Skeleton width={72} />
            <Skeleton width={width} />
          </div>
        ))}
      </div>
    </div>
  )
}
