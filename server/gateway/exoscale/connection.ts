import { zones } from '../../../src/clouds/exoscale/rules.ts'
import type { Setting } from '../../../src/clouds/gateway/wire.ts'
import { endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { allowListOf } from '../allow-list.ts'
import type { Connection } from '../connection.ts'
import type { Upstream } from '../upstream.ts'
import { signatureHeader } from './signature.ts'

export interface ExoscaleOptions {
  readonly upstream: Upstream
  readonly mode: 'embedded' | 'live'
  /** Where requests go, `{zone}` where the zone's name goes. */
  readonly endpoint: string
  /** What people are shown; the endpoint itself where that is one they can use. */
  readonly displayedEndpoint: () => string | undefined
  /** The variables that made it live. */
  readonly settings?: readonly Setting[]
  readonly key: string
  readonly secret: string
}

const name = 'Exoscale'

export const connectExoscale = ({
  upstream,
  mode,
  endpoint,
  displayedEndpoint: shown,
  settings,
  key,
  secret,
}: ExoscaleOptions): Connection => ({
  id: 'exoscale',
  name,
  upstream,
  allowList: allowListOf(endpoints, '/v2'),
  describe: () => {
    const address = shown()
    return {
      id: 'exoscale',
      mode,
      ...(address === undefined ? {} : { endpoint: address }),
      zones: zones.map((zone) => zone.name),
      apiKey: key,
      ...(settings === undefined ? {} : { settings: [...settings] }),
    }
  },
  locate: (path) => {
    const [, word = '', rest = ''] = /^\/([^/]*)(.*)$/.exec(path) ?? []
    const zone = zones.find((known) => known.name === word)
    return zone === undefined
      ? { slug: 'unknown-zone', detail: `“${word}” isn’t a zone of Exoscale.`, cloud: name }
      : { base: endpoint.replaceAll('{zone}', zone.name), path: rest }
  },
  authorize: async (request) => ({
    authorization: signatureHeader(request, { key, secret }, Math.floor(Date.now() / 1000) + 600),
  }),
  renew: () => false,
})
