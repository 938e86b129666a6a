import type { QueryClient } from '@tanstack/react-query'
import type { ComponentType } from 'react'
import { createBrowserRouter, type LoaderFunctionArgs, type RouteObject } from 'react-router'
import { queries } from '../clouds/queries.ts'
import { paths } from '../pages/paths.ts'
import { queryClient } from './query-client.ts'
import { RouteError } from './RouteError.tsx'
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
    errorElement: <RouteError />,
    hydrateFallbackElement: <ShellSkeleton />,
    loader: () => queryClient.ensureQueryData(queries.session()),
    shouldRevalidate: () => false,
    children: [
      {
        errorElement: <RouteError />,
        children: [
          page(paths.overview.pattern, () => import('../pages/overview/OverviewPage.tsx')),
          page(paths.keys.pattern, () => import('../pages/keys/KeysPage.tsx')),
          page(paths.createKey.pattern, () => import('../pages/create-key/CreateKeyPage.tsx')),
          page(paths.key.pattern, () => import('../pages/key/KeyPage.tsx')),
          page(paths.playground.pattern, () => import('../pages/playground/PlaygroundPage.tsx')),
          page(paths.files.pattern, () => import('../pages/files/FilesPage.tsx')),
          page(paths.apiKeys.pattern, () => import('../pages/api-keys/ApiKeysPage.tsx')),
          page(paths.activity.pattern, () => import('../pages/activity/ActivityPage.tsx')),
          page(paths.connections.pattern, () => import('../pages/connections/ConnectionsPage.tsx')),
          ...(import.meta.env.DEV ? [page('/design', () => import('../pages/design/DesignPage.tsx'))] : []),
          { path: '*', element: <UnknownPage /> },
        ],
      },
    ],
  },
])
