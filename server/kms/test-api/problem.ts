/** Refusals of the test API: `{"message": …}`. */

export const problem = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response =>
  Response.json({ message }, { status, headers })

/** Refuses a request with status 400 and a message that names the field. */
export class InvalidRequest extends Error {}
