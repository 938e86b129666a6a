import type { CloudConnection } from '../../src/clouds/gateway/wire.ts'
import type { AllowedRequest } from './allow-list.ts'
import type { SignableRequest } from './exoscale/signature.ts'
import type { Problem } from './problem.ts'
import type { Upstream } from './upstream.ts'

/** A cloud as the gateway sees it: where its requests go and what is added to them. */
export interface Connection {
  readonly id: CloudConnection['id']
  /** For people. */
  readonly name: string
  readonly upstream: Upstream
  readonly allowList: readonly AllowedRequest[]
  /** Headers that the browser may set beside those that every request may have; `authorize` has the last word. */
  readonly forwardedHeaders?: readonly string[]
  /** For `/api/session`. */
  describe(): CloudConnection
  /**
   * @param path what follows `/api/ID`, with its leading slash, still percent-encoded
   * @returns the base URL without a trailing slash, and the path that the allow-list knows
   */
  locate(path: string): { readonly base: string; readonly path: string } | Problem
  /** Headers that carry the credentials. Throws ProblemError when there are none to be had. */
  authorize(request: SignableRequest): Promise<Readonly<Record<string, string>>>
  /** Called after a 401 with the headers that were refused: says whether `authorize` can come up with others. */
  renew(refused: Readonly<Record<string, string>>): boolean
}
