/** Joins the configured clouds to the gateway, and opens the local KMS for those that have no credentials. */
import type { Logger } from 'pino'
import type { Session } from '../src/clouds/gateway/wire.ts'
import type { Config } from './config.ts'
import type { Connection } from './gateway/connection.ts'
import { connectExoscale } from './gateway/exoscale/connection.ts'
import { defaultTimeout } from './gateway/gateway.ts'
import { connectThalassa } from './gateway/thalassa/connection.ts'
import { network } from './gateway/upstream.ts'
import { type LocalKms, openKms } from './kms/kms.ts'

export interface Connected {
  readonly connections: readonly Connection[]
  /** Undefined when every cloud is live and the local KMS has no port of its own. */
  readonly kms: LocalKms | undefined
}

/** What people need to reach the local KMS, without the secrets: those are printed at its start. */
export const localKmsOf = ({ credentials }: LocalKms, address: string | undefined): Session['localKms'] => ({
  ...(address === undefined ? {} : { address }),
  organisation: credentials.thalassa.organisation,
  apiKey: credentials.exoscale.key,
})

/** A name of its own for the local KMS inside this process; nothing resolves it. */
const inside = 'http://kms.local'

/** @param address base URL of the local KMS's own port, once it has one */
export const connect = async (config: Config, log: Logger, address: () => string | undefined): Promise<Connected> => {
  const { thalassa, exoscale, settings } = config
  const wanted = thalassa === undefined || exoscale === undefined || config.kms.port !== undefined
  const kms = wanted ? await openKms({ ...config.kms, log, address }) : undefined
  const connections: Connection[] = []
  if (thalassa !== undefined) {
    const displayedEndpoint = () => thalassa.endpoint
    const live = { upstream: network, mode: 'live', displayedEndpoint, settings: settings?.thalassa ?? [] } as const
    connections.push(connectThalassa({ ...thalassa, ...live, timeout: defaultTimeout }))
  } else if (kms !== undefined) {
    const { token, organisationSlug } = kms.credentials.thalassa
    connections.push(
      connectThalassa({
        upstream: kms,
        mode: 'embedded',
        endpoint: inside,
        displayedEndpoint: address,
        credential: { kind: 'token', token },
        organisation: organisationSlug,
        project: undefined,
        timeout: defaultTimeout,
      }),
    )
  }
  if (exoscale !== undefined) {
    const displayedEndpoint = () => exoscale.endpoint
    const live = { upstream: network, mode: 'live', displayedEndpoint, settings: settings?.exoscale ?? [] } as const
    connections.push(connectExoscale({ ...exoscale, ...live }))
  } else if (kms !== undefined) {
    const path = '/zone/{zone}/v2'
    const displayedEndpoint = () => {
      const base = address()
      return base === undefined ? undefined : base + path
    }
    connections.push(
      connectExoscale({
        ...kms.credentials.exoscale,
        upstream: kms,
        mode: 'embedded',
        endpoint: inside + path,
        displayedEndpoint: displayedEndpoint,
      }),
    )
  }
  return { connections, kms }
}
