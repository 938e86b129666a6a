/** Calls of Thalassa's API within the server. */
import type { EndpointId } from '../../../src/clouds/thalassa/endpoints.ts'
import { type HttpRequest, queryOf } from '../../http/exchange.ts'
import { asCaller, type Caller as WorkCaller } from '../crypto/callers.ts'
import type { StoredKey } from '../engine/store.ts'
import { decoded, type Route } from '../routes.ts'
import type { Caller } from './authentication.ts'
import { CLOUD } from './authentication-credentials.ts'
import type { Answer } from './errors.ts'
import type { Project } from './projects.ts'
import type { JsonObject } from './validation.ts'

/** Facts of a call for the audit log; undefined if the call was refused earlier. */
export class Trace {
  /** `performance.now()`. */
  readonly startedAt = performance.now()
  /** Whether the audit rows were stored with the call's change. */
  isRecorded = false
  endpoint: EndpointId | undefined = undefined
  caller: Caller | undefined = undefined
  region: string | undefined = undefined
  project: Project | undefined = undefined
  key: StoredKey | undefined = undefined
  /** Identity of the key that the call created. */
  createdKey: string | undefined = undefined
  body: JsonObject | undefined = undefined
  answer: Answer | undefined = undefined
}

/** Call of an endpoint; parsed as far as it is asked for. */
export class Call {
  readonly request: HttpRequest
  readonly trace: Trace
  readonly endpoint: EndpointId
  readonly #route: Route<EndpointId>

  constructor(request: HttpRequest, trace: Trace, route: Route<EndpointId>) {
    this.request = request
    this.trace = trace
    this.endpoint = route.id
    this.#route = route
  }

  /** Decoded parameter of the path; empty for one that it does not have. */
  parameter(name: 'location' | 'key' | 'project'): string {
    const { names, values } = this.#route
    return decoded(values[names.indexOf(name)] ?? '')
  }

  get query(): URLSearchParams {
    return new URLSearchParams(queryOf(this.request.target))
  }
}

/** @throws ApiError */
export type Handler = (call: Call) => Answer | Promise<Answer>

/** Caller whose signal is made when somebody asks for it. */
class WaitingCaller implements WorkCaller {
  readonly id: string
  readonly #request: HttpRequest

  constructor({ request, trace }: Call) {
    this.id = `${CLOUD}/${trace.caller?.credential.id ?? ''}`
    this.#request = request
  }

  get signal(): AbortSignal {
    return this.#request.signal
  }
}

/** Runs work that may wait for its turn: callers take turns by credential, and a client that has gone gives its turn up. */
export const forCaller = <T>(call: Call, work: () => Promise<T>): Promise<T> => asCaller(new WaitingCaller(call), work)
