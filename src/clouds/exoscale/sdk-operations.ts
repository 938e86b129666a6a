import type { Call } from '../http.ts'
import { type EndpointId, endpoints } from './endpoints.ts'

/** Placeholder for the id of a new key in the paths of later calls; known once the creation is answered. */
export const NEW_KEY = '{new}'

export type JsonBody = { readonly [member: string]: string | number | boolean | JsonBody }

/** Request for an SDK, by the operation's published id. */
export interface SdkOperation {
  readonly operation: EndpointId
  /** Decoded. */
  readonly id?: string
  readonly body: JsonBody
}

const operations = (Object.keys(endpoints) as EndpointId[]).map((id) => {
  const { method, path } = endpoints[id]
  return [id, new RegExp(`^${method} ${path.replace(/\/:\w+/, '/([^/:]+)')}$`)] as const
})

const isJsonBody = (value: unknown): value is JsonBody =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((member) => ['string', 'number', 'boolean'].includes(typeof member) || isJsonBody(member))

/** Throws for an unknown operation or an unknown body member. */
export function sdkOperationOf({ method, path, body = {} }: Call): SdkOperation {
  for (const [operation, pattern] of operations) {
    const found = pattern.exec(`${method} ${path}`)
    if (!found || !isJsonBody(body)) continue
    const [, id] = found
    return { operation, body, ...(id === undefined ? {} : { id: decodeURIComponent(id) }) }
  }
  throw new Error(`No operation of the API is ${method} ${path}`)
}
