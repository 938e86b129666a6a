import { useMemo } from 'react'
import { useSearchParams } from '../router/react.tsx'
import { type Links, linksIn } from './paths.ts'

const NAME = 'project'

/** The project in a URL's search, by slug or identity; undefined for the organisation's own keys. */
export const projectIn = (search: URLSearchParams): string | undefined => search.get(NAME) || undefined

/** The project that the page is asked for in. It stands in the URL of every page and goes along with every link. */
export const useProject = (): string | undefined => projectIn(useSearchParams()[0])

/** The links of the page in sight, all of which keep its project. */
export function useLinks(): Links {
  const project = useProject()
  return useMemo(() => linksIn(project), [project])
}
