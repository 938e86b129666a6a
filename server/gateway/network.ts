/** Calls over the network, on connections that are kept for the next call. */
import tls from 'node:tls'
import type { Dispatcher } from 'undici'
import { StartError } from '../start-error.ts'
import type { Outbound } from './outbound.ts'
import type { Upstream } from './upstream.ts'

/** Trusts the certificates in this process. Throws StartError for a Node that can't. */
const trust = (certificates: readonly string[]) => {
  if (certificates.length === 0) return
  if (!('setDefaultCACertificates' in tls))
    throw new StartError(`EXTRA_CA_FILE needs Node 24.5 or newer; this is ${process.version}.`)
  tls.setDefaultCACertificates([...tls.getCACertificates('default'), ...certificates])
}

/**
 * Network for calls along the routes; other addresses are called directly.
 * @throws StartError for a Node that lacks what they need
 */
export const openNetwork = async ({ routes, certificates }: Outbound): Promise<Upstream> => {
  trust(certificates)
  // Loaded only where a cloud is live: it takes longer than the rest of the gateway.
  const { Agent, ProxyAgent } = await import('undici')
  const direct = new Agent()
  const agents = new Map<string, Dispatcher>()
  const proxies = new Map<string, { readonly shown: string; readonly agent: Dispatcher }>()
  for (const { url, proxy } of routes) {
    if (proxy === undefined) continue
    const agent = agents.get(proxy.url) ?? new ProxyAgent(proxy.url)
    agents.set(proxy.url, agent)
    proxies.set(url.origin, { shown: proxy.shown, agent })
  }
  return {
    via: (url) => proxies.get(url.origin)?.shown,
    send({ method, url, headers, body }, receiver) {
      const { origin } = url
      let started: Dispatcher.DispatchController | undefined
      let isEnded = false
      const abort = () => started?.abort(new Error('The call has ended'))
      const agent = proxies.get(origin)?.agent ?? direct
      agent.dispatch(
        {
          origin,
          path: url.pathname + url.search,
          method,
          headers,
          body: body.length > 0 ? body : null,
          // The call has deadlines of its own.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        {
          onRequestStart(controller) {
            started = controller
            if (isEnded) abort()
          },
          onResponseStart(_controller, status, answered) {
            // Informational answers come before the real one.
            if (status >= 200) receiver.head(status, answered)
          },
          onResponseData: (_controller, chunk) => receiver.chunk(chunk),
          onResponseEnd: () => receiver.end(),
          onResponseError: (_controller, error) => receiver.fail(error),
        },
      )
      return () => {
        isEnded = true
        abort()
      }
    },
  }
}
