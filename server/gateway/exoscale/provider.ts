/** Exoscale for configuration and gateway. */
import { endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import type { LocalKms } from '../../kms/kms.ts'
import { LOCAL_KMS, localUpstream } from '../local-upstream.ts'
import type { GatewayProvider } from '../provider.ts'
import { localVariables, readConfig, toolVariables, variables } from './config.ts'
import { BASE, connectExoscale, NAME } from './connection.ts'

/** Path of a zone's API in the local KMS. */
const LOCAL_PATH = `/zone/{zone}${BASE}`

export const exoscale = {
  id: 'exoscale',
  name: NAME,
  hasLabels: false,
  prefix: 'EXOSCALE_',
  variables,
  toolVariables,

  readConfig(set, findings) {
    const config = readConfig(set, findings)
    if (config === undefined) return undefined
    const live = { mode: 'live', displayedEndpoint: () => config.endpoint } as const
    return {
      urls: [...new Set(zones.map(({ name }) => config.endpoint.replaceAll('{zone}', name)))],
      connect: (settings, upstream) => connectExoscale({ ...config, ...live, settings, upstream }),
    }
  },

  connectLocal(kms, address) {
    const displayedEndpoint = () => {
      const base = address()
      return base === undefined ? undefined : base + LOCAL_PATH
    }
    const local = {
      upstream: localUpstream(kms),
      mode: 'embedded',
      endpoint: LOCAL_KMS + LOCAL_PATH,
      displayedEndpoint,
    } as const
    return connectExoscale({ ...kms.credentials.exoscale, ...local })
  },

  decryptRequest: ({ location, key, context }, ciphertext) => ({
    path: `/${encodeURIComponent(location)}${endpoints.decrypt.path.slice(BASE.length).replace(':key', encodeURIComponent(key))}`,
    body: {
      ciphertext,
      ...(context === undefined ? {} : { 'encryption-context': Buffer.from(context, 'utf8').toString('base64') }),
    },
  }),

  localVariables: (url: string, credentials: LocalKms['credentials']) => localVariables(url, credentials.exoscale),
  localSession: (credentials: LocalKms['credentials']) => ({ apiKey: credentials.exoscale.key }),
} as const satisfies GatewayProvider & Readonly<Record<string, unknown>>
