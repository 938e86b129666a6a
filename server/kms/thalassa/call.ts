/** Calls of Thalassa's API within the server. */
import type { EndpointId } from '../../../src/clouds/thalassa/endpoints.ts'
import type { HttpRequest } from '../../http/exchange.ts'
import type { StoredKey } from '../engine/store.ts'
import type { Caller } from './authentication.ts'
import type { Answer } from './errors.ts'
import type { Project } from './projects.ts'
import type { JsonObject } from './validation.ts'

/** Facts of a call for the audit log; undefined if the call was refused earlier. */
export interface Trace {
  /** `performance.now()`. */
  readonly startedAt: number
  /** Whether the audit rows were stored with the call's change. */
  isRecorded?: boolean
  endpoint?: EndpointId
  caller?: Caller
  region?: string
  project?: Project
  key?: StoredKey
  /** Identity of the key that the call created. */
  createdKey?: string
  body?: JsonObject
  answer?: Answer
}

export interface Call {
  readonly request: HttpRequest
  readonly endpoint: EndpointId
  /** Decoded parameter of the path; empty for one that it does not have. */
  parameter(name: 'location' | 'key' | 'project'): string
  readonly query: URLSearchParams
  readonly trace: Trace
}

/** @throws ApiError */
export type Handler = (call: Call) => Answer | Promise<Answer>
