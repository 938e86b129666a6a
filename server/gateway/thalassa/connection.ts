import type { Setting } from '../../../src/clouds/gateway/wire.ts'
import type { ThalassaCredential } from '../../config-clouds.ts'
import { endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import { allowListOf } from '../allow-list.ts'
import type { Connection } from '../connection.ts'
import type { Upstream } from '../upstream.ts'
import { createTokenSource, type TokenSource } from './access-token.ts'

export interface ThalassaOptions {
  readonly upstream: Upstream
  readonly mode: 'embedded' | 'live'
  /** Where requests go. */
  readonly endpoint: string
  /** What people are shown; the endpoint itself where that is one they can use. */
  readonly displayedEndpoint: () => string | undefined
  /** The variables that made it live. */
  readonly settings?: readonly Setting[]
  readonly credential: ThalassaCredential
  readonly organisation: string
  readonly project: string | undefined
  /** Milliseconds. */
  readonly timeout: number
}

export const connectThalassa = (options: ThalassaOptions): Connection => {
  const { upstream, mode, endpoint, displayedEndpoint: shown, credential, organisation, project, settings } = options
  const name = 'Thalassa Cloud'
  const scope = {
    'x-organisation-identity': organisation,
    ...(project === undefined ? {} : { 'x-project-identity': project }),
  }
  const scheme = credential.kind === 'token' ? 'Token' : 'Bearer'
  const source: TokenSource =
    credential.kind === 'client'
      ? createTokenSource({ ...options, name, client: credential })
      : { token: async () => credential.token, forget: () => false }
  return {
    id: 'thalassa',
    name,
    upstream,
    allowList: allowListOf(endpoints),
    // The browser chooses the project only where the configuration has not.
    forwardedHeaders: project === undefined ? ['x-project-identity'] : [],
    describe: () => {
      const address = shown()
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
    authorize: async () => ({ ...scope, authorization: `${scheme} ${await source.token()}` }),
    renew: ({ authorization = '' }) => source.forget(authorization.slice(scheme.length + 1)),
  }
}
