/** Requests and answers of HTTP as plain values, whatever carries them: a socket, or `fetch` in the same process. */

import type { ReadOptions } from '../limited-body.ts'

export interface HttpRequest {
  readonly method: string
  /** Path and query as sent. */
  readonly target: string
  /** Base URL by which the caller reached the server, `http://host:port`. */
  readonly origin: string
  /** IP address of the caller; undefined for a call from this process. */
  readonly client: string | undefined
  /** Aborted when the client disconnects before it has the answer. */
  readonly signal: AbortSignal
  /** Calls back once if the client disconnects before it has the answer: as `signal`, which costs more. */
  onGone(callback: () => void): void
  /** @param name in lower case */
  header(name: string): string | undefined
  /**
   * Reads the whole body, once; undefined for one of more than `limit` bytes.
   * @throws Error if the client disconnects meanwhile
   */
  body(limit: number, options?: ReadOptions): Promise<Buffer | undefined>
}

export type HttpBody = string | Uint8Array | AsyncIterable<Uint8Array>

export interface HttpAnswer {
  readonly status: number
  /** Names in lower case. The length of the body is added. */
  readonly headers: Readonly<Record<string, string>>
  /** Values of the headers `Set-Cookie`. */
  readonly cookies?: readonly string[]
  /** A failure of an iterable cuts the answer. */
  readonly body?: HttpBody
}

export const jsonAnswer = (
  value: unknown,
  status = 200,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer => ({ status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) })

/** Whether a browser opens a page, which accepts HTML; programs accept any or another type. */
export const isNavigation = (request: HttpRequest): boolean =>
  request.header('accept')?.toLowerCase().includes('text/html') ?? false

/** Path of a request target. */
export function pathOf(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? target : target.slice(0, at)
}

/** Query of a request target without the question mark; empty for none. */
export function queryOf(target: string): string {
  const at = target.indexOf('?')
  return at < 0 ? '' : target.slice(at + 1)
}
