/** Thalassa for configuration and gateway. */
import { endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import type { LocalKms } from '../../kms/kms.ts'
import { LOCAL_KMS, localUpstream } from '../local-upstream.ts'
import type { GatewayProvider } from '../provider.ts'
import { defaultTimeout } from '../upstream.ts'
import { localVariables, readConfig, toolVariables, variables } from './config.ts'
import { connectThalassa, NAME } from './connection.ts'

const segment = encodeURIComponent

export const thalassa = {
  id: 'thalassa',
  name: NAME,
  hasLabels: true,
  prefix: 'THALASSA_',
  variables,
  toolVariables,

  readConfig(set, findings) {
    const config = readConfig(set, findings)
    if (config === undefined) return undefined
    const live = { mode: 'live', displayedEndpoint: () => config.endpoint, timeout: defaultTimeout } as const
    return {
      urls: [config.endpoint],
      connect: (settings, upstream) => connectThalassa({ ...config, ...live, settings, upstream }),
    }
  },

  connectLocal(kms, address) {
    const { token, organisationSlug } = kms.credentials.thalassa
    return connectThalassa({
      upstream: localUpstream(kms),
      mode: 'embedded',
      endpoint: LOCAL_KMS,
      displayedEndpoint: address,
      credential: { kind: 'token', token },
      organisation: organisationSlug,
      project: undefined,
      timeout: defaultTimeout,
    })
  },

  decryptRequest: ({ location, key }, ciphertext) => ({
    path: endpoints.decrypt.path.replace(':location', segment(location)).replace(':key', segment(key)),
    body: { ciphertext },
  }),

  localVariables: (url: string, credentials: LocalKms['credentials']) => localVariables(url, credentials.thalassa),
  /** Alternative variables to the token; a shell must set only one kind. */
  localAlternatives: ({ thalassa: { client } }: LocalKms['credentials']) => ({
    THALASSA_CLIENT_ID: client.id,
    THALASSA_CLIENT_SECRET: client.secret,
  }),
  localSession: (credentials: LocalKms['credentials']) => ({ organisation: credentials.thalassa.organisation }),
} as const satisfies GatewayProvider & Readonly<Record<string, unknown>>
