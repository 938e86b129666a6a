import { endpoints } from '../../../src/clouds/exoscale/endpoints.ts'
import { zones } from '../../../src/clouds/exoscale/rules.ts'
import type { Setting } from '../../../src/clouds/gateway/wire.ts'
import { allowListOf } from '../allow-list.ts'
import type { Connection } from '../connection.ts'
import { pick } from '../pick.ts'
import type { Upstream } from '../upstream.ts'
import type { ExoscaleConfig } from './config.ts'
import { inventoryBelow } from './inventory.ts'
import { signatureHeader } from './signature.ts'

export interface ExoscaleOptions extends ExoscaleConfig {
  readonly upstream: Upstream
  readonly mode: 'embedded' | 'live'
  /** Base URL for SDKs, with `{zone}`; undefined if none. */
  readonly displayedEndpoint: () => string | undefined
  /** Variables with its credentials. */
  readonly settings?: readonly Setting[]
}

export const NAME = 'Exoscale'

/** Prefix of the endpoints' paths that is part of the base URL. */
export const BASE = '/v2'

export const connectExoscale = ({
  upstream,
  mode,
  endpoint,
  displayedEndpoint,
  settings,
  key,
  secret,
}: ExoscaleOptions): Connection => ({
  id: 'exoscale',
  name: NAME,
  upstream,
  allowList: allowListOf(endpoints, BASE),
  describe: () => {
    const address = displayedEndpoint()
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
      ? { slug: 'unknown-zone', detail: `“${word}” isn’t a zone of Exoscale.`, cloud: NAME }
      : { base: endpoint.replaceAll('{zone}', zone.name), path: rest, location: zone.name }
  },
  inventory: inventoryBelow(BASE),
  keyState: (key) => pick(key, ['id', 'name', 'status', 'material', 'rotation', 'deletion-date']),
  apiKeyRoles: {
    member: 'role-id',
    path: (path, role) => path.replace(/api-key$/, `iam-role/${encodeURIComponent(role)}`),
    isWide(role) {
      const { policy } = pick(role, ['policy'])
      const { 'default-service-strategy': standard, services } = pick(policy, ['default-service-strategy', 'services'])
      const { iam } = pick(services, ['iam'])
      const { type = standard } = pick(iam, ['type'])
      return standard !== 'deny' || type !== 'deny'
    },
  },
  authorize: async (request) => ({
    authorization: signatureHeader(request, { key, secret }, Math.floor(Date.now() / 1000) + 600),
  }),
  renew: () => false,
})
