import type { CloudConnection } from '../../src/clouds/gateway/wire.ts'
import type { AllowedRequest } from './allow-list.ts'
import type { Problem } from './problem.ts'
import type { Upstream } from './upstream.ts'

/** Request that credentials are made for. */
export interface SignableRequest {
  /** Upper case. */
  readonly method: string
  /** As it goes over the wire: path still percent-encoded, with every prefix of the endpoint. */
  readonly url: URL
  /** Bytes that are sent; empty for none. */
  readonly body: Uint8Array
}

/** A connected provider: where its requests go and what is added to them. */
export interface Connection {
  readonly id: CloudConnection['id']
  /** For people. */
  readonly name: string
  readonly upstream: Upstream
  readonly allowList: readonly AllowedRequest[]
  /** Request headers that the browser may set beside the usual ones; `authorize` overrides them. */
  readonly forwardedHeaders?: readonly string[]
  /** For `/api/session`. */
  describe(): CloudConnection
  /**
   * @param path what follows `/api/ID`, with its leading slash, still percent-encoded
   * @returns the base URL without a trailing slash, and the path that the allow-list knows
   */
  locate(path: string): { readonly base: string; readonly path: string } | Problem
  /** Headers with the credentials. Throws ProblemError when none can be obtained. */
  authorize(request: SignableRequest): Promise<Readonly<Record<string, string>>>
  /** Called after a 401 with the refused headers. True when `authorize` can make others. */
  renew(refused: Readonly<Record<string, string>>): boolean
}
