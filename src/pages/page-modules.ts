import type { Params } from '../router/location.ts'

/** What a page goes by when it asks for its data before it is rendered. */
export interface Visit {
  readonly params: Params
  readonly search: URLSearchParams
}

/** Code of every page, loaded when its route opens, or before by links that will probably be followed. */
export const pageModules = {
  overview: () => import('./overview/OverviewPage.tsx'),
  keys: () => import('./keys/KeysPage.tsx'),
  createKey: () => import('./create-key/CreateKeyPage.tsx'),
  key: () => import('./key/KeyPage.tsx'),
  activity: () => import('./activity/ActivityPage.tsx'),
  apiKeys: () => import('./api-keys/ApiKeysPage.tsx'),
  approvals: () => import('./approvals/ApprovalsPage.tsx'),
  connections: () => import('./connections/ConnectionsPage.tsx'),
  playground: () => import('./playground/PlaygroundPage.tsx'),
}
