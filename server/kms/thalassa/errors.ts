/** HTTP statuses that this API answers with. */
export type Status = 200 | 201 | 400 | 401 | 403 | 404 | 409 | 413 | 500 | 503

/** Answer of a route; the body becomes JSON. */
export interface Answer {
  readonly status: Status
  readonly body: unknown
}

/** Refusal with a message for the caller, which holds nothing of a payload. */
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

/** One text for a key that does not exist, lies in another scope or may not be seen. */
export const keyNotFound = () => new ApiError(404, 'kms key not found')
