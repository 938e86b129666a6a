/** Refusals of the test API: `{"message": …}`. */
import { type HttpAnswer, jsonAnswer } from '../../http/exchange.ts'

export const problem = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): HttpAnswer =>
  jsonAnswer({ message }, status, headers)

/** Refuses a request with status 400 and a message that names the field. */
export class InvalidRequest extends Error {}
