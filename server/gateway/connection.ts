import type { CloudConnection } from '../../src/clouds/gateway/wire.ts'
import type { AllowedRequest } from './allow-list.ts'
import type { Inventory } from './inventory.ts'
import type { Problem } from './problem.ts'
import type { Upstream } from './upstream.ts'

/** Request to authorise. */
export interface SignableRequest {
  /** Upper case. */
  readonly method: string
  /** URL as sent: path percent-encoded, with every prefix of the endpoint. */
  readonly url: URL
  /** Body as sent; empty for none. */
  readonly body: Uint8Array
}

/** Connected provider: destination of its requests, and added headers. */
export interface Connection {
  readonly id: CloudConnection['id']
  /** Display name. */
  readonly name: string
  readonly upstream: Upstream
  readonly allowList: readonly AllowedRequest[]
  /** Additional request headers that the browser may set; `authorize` overrides them. */
  readonly forwardedHeaders?: readonly string[]
  /** For `/api/session`. */
  describe(): CloudConnection
  /**
   * @param path path after `/api/ID`, with its leading slash, percent-encoded
   * @returns the base URL without a trailing slash, the path for the allow-list, and the location where the base URL has it
   */
  locate(path: string): { readonly base: string; readonly path: string; readonly location?: string } | Problem
  /** What tells that a key has changed, from the answer of reading it: its status, versions and the like. */
  keyState(key: unknown): unknown
  /** How all keys are read, for metrics. */
  readonly inventory: Inventory
  /** Roles of API keys; absent where the provider has none. */
  readonly apiKeyRoles?: {
    /** Member of the body of a new API key that has the identifier of its role. */
    readonly member: string
    /**
     * Path, after `/api/ID`, that reads a role.
     * @param path of the call that makes the API key
     */
    path(path: string, role: string): string
    /** Whether a role allows everything, or changes of roles and API keys. */
    isWide(role: unknown): boolean
  }
  /** Headers with the credentials. Throws ProblemError when none can be obtained. */
  authorize(request: SignableRequest): Promise<Readonly<Record<string, string>>>
  /** Called after a 401 with the refused headers. True when `authorize` can make others. */
  renew(refused: Readonly<Record<string, string>>): boolean
}
