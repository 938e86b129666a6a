/** Every route of the app, as the router takes it; the server answers these paths with the page. */
export const patterns = {
  overview: '/',
  keys: '/keys',
  createKey: '/keys/new',
  key: '/keys/:cloud/:location/:key',
  activity: '/activity',
  apiKeys: '/api-keys',
  approvals: '/approvals',
  connections: '/connections',
  /** Former address of the tab File. */
  files: '/playground/files',
  playground: '/playground',
} as const
