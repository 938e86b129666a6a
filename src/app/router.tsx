import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType, ReactNode } from 'react'
import { basePath } from '../lib/base-path.ts'
import { pageModules, type Visit } from '../pages/page-modules.ts'
import { patterns } from '../pages/patterns.ts'
import { browserHistory } from '../router/history.ts'
import { type Location, matchPath, type Params } from '../router/location.ts'
import { createRouter, type Redirect } from '../router/router.ts'
import { queryClient } from './query-client.ts'
import { RouteError } from './RouteError.tsx'

interface PageModule {
  readonly default: ComponentType
  readonly load?: (client: QueryClient) => (visit: Visit) => void
}

const { files, ...pages } = patterns

const modules: readonly (readonly [pattern: string, module: () => Promise<PageModule>])[] = [
  ...Object.entries(pages).map(([name, pattern]) => [pattern, pageModules[name as keyof typeof pages]] as const),
  ...(import.meta.env.DEV ? [['/design', () => import('../pages/design/DesignPage.tsx')] as const] : []),
]

const unknown = async () => ({ default: (await import('./UnknownPage.tsx')).UnknownPage })

async function pageOf({ pathname, search }: Location): Promise<ReactNode | Redirect> {
  if (matchPath(files, pathname)) return { redirect: `${patterns.playground}${search || '?'}&op=file` }
  let params: Params | undefined
  const found = modules.find(([pattern]) => {
    params = matchPath(pattern, pathname)
    return params !== undefined
  })
  try {
    const { default: Page, load }: PageModule = await (found?.[1] ?? unknown)()
    load?.(queryClient)({ params: params ?? {}, search: new URLSearchParams(search) })
    return <Page />
  } catch (error) {
    return <RouteError error={error} />
  }
}

export const router = createRouter({ history: browserHistory(basePath), pageOf })
