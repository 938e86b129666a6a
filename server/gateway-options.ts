/** Options of the gateway that the configuration decides alone. */
import type { Config } from './config.ts'
import { clientAddress, requestId } from './gateway/client-address.ts'
import type { GatewayOptions } from './gateway/gateway.ts'
import { openRateLimit } from './gateway/rate-limit.ts'

/** Seconds whose requests may come at once. */
const BURST = 10

export const gatewayOptionsOf = ({ publicUrl, tls, readOnly, proxies, signIn, rateLimit }: Config) =>
  ({
    publicUrl,
    scheme: tls ? 'https' : 'http',
    readOnly,
    clientOf: clientAddress(proxies),
    idOf: requestId(proxies),
    rateLimit: signIn && rateLimit > 0 ? openRateLimit({ rate: rateLimit, burst: rateLimit * BURST }) : undefined,
  }) as const satisfies Partial<GatewayOptions>
