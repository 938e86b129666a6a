/** Live connections to a provider of a test. */
import type { Connection } from '../connection.ts'
import { connectExoscale } from '../exoscale/connection.ts'
import { openNetwork } from '../network.ts'
import { connectThalassa } from '../thalassa/connection.ts'

/** Without proxies. */
export const network = await openNetwork({ routes: [], certificateFiles: [], certificates: [] })

export const secrets = { token: 'tc_pat_never-shown', key: 'EXOkey', secret: 'never-shown-either' }

export const thalassaAt = (endpoint: string): Connection =>
  connectThalassa({
    upstream: network,
    mode: 'live',
    endpoint,
    displayedEndpoint: () => endpoint,
    credential: { kind: 'token', token: secrets.token },
    organisation: 'acme',
    project: 'payments',
    timeout: 60_000,
  })

export const exoscaleAt = (endpoint: string): Connection =>
  connectExoscale({ upstream: network, mode: 'live', endpoint, displayedEndpoint: () => endpoint, ...secrets })
