import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { createBrowserRouter, type LoaderFunctionArgs, type RouteObject } from 'react-router'
import { queries } from '../clouds/queries.ts'
import { patterns } from '../pages/patterns.ts'
import { queryClient } from './query-client.ts'
import { RouteError, StartError } from './RouteError.tsx'
import { Shell, ShellSkeleton } from './Shell.tsx'
import { UnknownPage } from './UnknownPage.tsx'

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
          page(patterns.overview, () => import('../pages/overview/OverviewPage.tsx')),
          page(patterns.keys, () => import('../pages/keys/KeysPage.tsx')),
          page(patterns.createKey, () => import('../pages/create-key/CreateKeyPage.tsx')),
          page(patterns.key, () => import('../pages/key/KeyPage.tsx')),
          page(patterns.playground, () => import('../pages/playground/PlaygroundPage.tsx')),
          page(patterns.files, () => import('../pages/files/FilesPage.tsx')),
          page(patterns.apiKeys, () => import('../pages/api-keys/ApiKeysPage.tsx')),
          page(patterns.activity, () => import('../pages/activity/ActivityPage.tsx')),
          page(patterns.connections, () => import('../pages/connections/ConnectionsPage.tsx')),
          ...(import.meta.env.DEV ? [page('/design', () => import('../pages/design/DesignPage.tsx'))] : []),
          { path: '*', element: <UnknownPage /> },
        ],
      },
    ],
  },
])
