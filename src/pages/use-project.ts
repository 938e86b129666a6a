import { useSearchParams } from 'react-router'
import { addressOf, type KeyAddress, type KmsKey } from '../clouds/model.ts'

const NAME = 'project'

/** The project in a URL's search, by slug or identity; undefined for the organisation's own keys. */
export const projectIn = (search: URLSearchParams): string | undefined => search.get(NAME) || undefined

/** For loaders. */
export const projectOf = (request: Request): string | undefined => projectIn(new URL(request.url).searchParams)

/** The project that the page is asked for in. It stands in the URL of every page and goes along with every link. */
export const useProject = (): string | undefined => projectIn(useSearchParams()[0])

/** Where links to a key lead: its project goes along, and so does the page's own where the key's cloud has no projects. */
export function useKeyAddress(key: KmsKey): KeyAddress {
  const project = useProject()
  return { ...(project === undefined ? {} : { project }), ...addressOf(key) }
}
