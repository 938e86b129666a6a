import type { Call } from '../http.ts'
import { type EndpointId, endpoints } from './endpoints.ts'

/** Placeholder for the id of a new key in the paths of later calls; known once the creation is answered. */
export const NEW_KEY = '{new}'

type JsonValue = string | number | boolean | readonly JsonValue[] | JsonBody
export type JsonBody = { readonly [member: string]: JsonValue }

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

const isJsonValue = (value: unknown): value is JsonValue =>
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (Array.isArray(value) ? value.every(isJsonValue) : isJsonBody(value))

export const isJsonBody = (value: unknown): value is JsonBody =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.values(value).every(isJsonValue)

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
