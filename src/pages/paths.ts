/**
 * Every route: the pattern that the router takes and the function that makes a link of it, side by side. A project goes
 * along as a search parameter.
 */
import type { KeyAddress } from '../clouds/model.ts'

const part = encodeURIComponent

const withSearch = (path: string, search: Readonly<Record<string, string | undefined>>) => {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(search)) if (value !== undefined) params.set(name, value)
  const text = params.toString()
  return text === '' ? path : `${path}?${text}`
}

/** `thalassa/nl-01/kms-…`: a key in one search parameter. */
const addressText = ({ cloud, location, key }: KeyAddress) => [cloud, location, key].join('/')

/** One value of each filter of the list. */
interface KeysSearch {
  readonly cloud?: string
  readonly location?: string
  readonly status?: string
  readonly rotation?: string
  readonly material?: string
}

export const paths = {
  overview: { pattern: '/', to: (project?: string) => withSearch('/', { project }) },
  keys: {
    pattern: '/keys',
    to: (project?: string, search: KeysSearch = {}) => withSearch('/keys', { ...search, project }),
  },
  createKey: { pattern: '/keys/new', to: (project?: string) => withSearch('/keys/new', { project }) },
  key: {
    pattern: '/keys/:cloud/:location/:key',
    to: ({ cloud, location, key, project }: KeyAddress, search: { tab?: string } = {}) =>
      withSearch(`/keys/${part(cloud)}/${part(location)}/${part(key)}`, { ...search, project }),
  },
  activity: {
    pattern: '/activity',
    to: (key?: KeyAddress, project = key?.project) =>
      withSearch('/activity', { key: key && addressText(key), project }),
  },
  apiKeys: {
    pattern: '/api-keys',
    to: (search: { tab?: string; role?: string } = {}, project?: string) =>
      withSearch('/api-keys', { ...search, project }),
  },
  connections: {
    pattern: '/connections',
    to: (project?: string) => withSearch('/connections', { project }),
  },
  files: {
    pattern: '/playground/files',
    to: (key?: KeyAddress, search: { tab?: string } = {}, project = key?.project) =>
      withSearch('/playground/files', { key: key && addressText(key), ...search, project }),
  },
  playground: {
    pattern: '/playground',
    to: (key?: KeyAddress, search: { op?: string } = {}, project = key?.project) =>
      withSearch('/playground', { key: key && addressText(key), ...search, project }),
  },
} as const
