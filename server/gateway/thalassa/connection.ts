import type { Setting } from '../../../src/clouds/gateway/wire.ts'
import { endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import { allowListOf } from '../allow-list.ts'
import type { Connection } from '../connection.ts'
import { pick } from '../pick.ts'
import type { Upstream } from '../upstream.ts'
import { createTokenSource, type TokenSource } from './access-token.ts'
import type { ThalassaConfig } from './config.ts'
import { inventory } from './inventory.ts'

export const NAME = 'Thalassa Cloud'

export interface ThalassaOptions extends ThalassaConfig {
  readonly upstream: Upstream
  readonly mode: 'embedded' | 'live'
  /** Base URL for SDKs; undefined if none. */
  readonly displayedEndpoint: () => string | undefined
  /** Variables with its credentials. */
  readonly settings?: readonly Setting[]
  /** Milliseconds. */
  readonly timeout: number
}

export const connectThalassa = (options: ThalassaOptions): Connection => {
  const { upstream, mode, endpoint, displayedEndpoint, credential, organisation, project, settings } = options
  const scope = {
    'x-organisation-identity': organisation,
    ...(project === undefined ? {} : { 'x-project-identity': project }),
  }
  const scheme = credential.kind === 'token' ? 'Token' : 'Bearer'
  const source: TokenSource =
    credential.kind === 'client'
      ? createTokenSource({ ...options, name: NAME, client: credential })
      : { token: async () => credential.token, forget: () => false }
  return {
    id: 'thalassa',
    name: NAME,
    upstream,
    allowList: allowListOf(endpoints),
    // The browser selects the project only if the configuration has none.
    forwardedHeaders: project === undefined ? ['x-project-identity'] : [],
    describe: () => {
      const address = displayedEndpoint()
      return {
        id: 'thalassa',
        mode,
        ...(address === undefined ? {} : { endpoint: address }),
        organisation,
        ...(project === undefined ? {} : { project }),
        ...(settings === undefined ? {} : { settings: [...settings] }),
      }
    },
    locate: (path) => ({ base: endpoint, path }),
    inventory,
    keyState: (key) => pick(key, ['identity', 'name', 'status', 'latestVersion', 'exportAllowed', 'labels']),
    authorize: async () => ({ ...scope, authorization: `${scheme} ${await source.token()}` }),
    renew: ({ authorization = '' }) => source.forget(authorization.slice(scheme.length + 1)),
  }
}
