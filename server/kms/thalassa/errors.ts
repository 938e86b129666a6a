import type { JsonList } from '../json-list.ts'

/** HTTP statuses that this API answers with. */
export type Status = 200 | 201 | 400 | 401 | 403 | 404 | 409 | 413 | 429 | 500 | 503

/** Answer of a route; the body becomes JSON. */
export interface Answer {
  readonly status: Status
  readonly body: unknown
  /** List that is streamed in place of the body. */
  readonly list?: JsonList
  readonly headers?: Readonly<Record<string, string>>
}

/** Refusal with a message for the caller, without payload. */
export class ApiError extends Error {
  readonly status: Status

  constructor(status: Status, message: string) {
    super(message)
    this.status = status
  }

  get answer(): Answer {
    return { status: this.status, body: { message: this.message } }
  }
}

export const ok = (body: unknown): Answer => ({ status: 200, body })

/** One message for a key that is unknown, in another scope or hidden from the caller. */
export const keyNotFound = () => new ApiError(404, 'kms key not found')
