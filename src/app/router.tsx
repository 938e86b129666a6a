import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { createBrowserRouter, type LoaderFunctionArgs, type RouteObject, redirect } from 'react-router'
import { queries } from '../clouds/queries.ts'
import { pageModules } from '../pages/page-modules.ts'
import { patterns } from '../pages/patterns.ts'
import { queryClient } from './query-client.ts'
import { RouteError, StartError } from './RouteError.tsx'
import { Shell, ShellSkeleton } from './Shell.tsx'

interface RouteModule {
  readonly default: ComponentType
  readonly load?: (client: QueryClient) => (args: LoaderFunctionArgs) => null
}

const page = (path: string, module: () => Promise<RouteModule>): RouteObject => ({
  path,
  async lazy() {
    const { default: Component, load } = await module()
    return { Component, ...(load ? { loader: load(queryClient) } : {}) }
  },
})

export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <StartError />,
    hydrateFallbackElement: <ShellSkeleton />,
    loader: () => queryClient.ensureQueryData(queries.session()),
    shouldRevalidate: () => false,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          page(patterns.overview, pageModules.overview),
          page(patterns.keys, pageModules.keys),
          page(patterns.createKey, pageModules.createKey),
          page(patterns.key, pageModules.key),
          page(patterns.playground, pageModules.playground),
          {
            path: patterns.files,
            loader: ({ request }) => redirect(`${patterns.playground}${new URL(request.url).search || '?'}&op=file`),
          },
          page(patterns.apiKeys, pageModules.apiKeys),
          page(patterns.activity, pageModules.activity),
          page(patterns.connections, pageModules.connections),
          ...(import.meta.env.DEV ? [page('/design', () => import('../pages/design/DesignPage.tsx'))] : []),
          { path: '*', lazy: async () => ({ Component: (await import('./UnknownPage.tsx')).UnknownPage }) },
        ],
      },
    ],
  },
])
