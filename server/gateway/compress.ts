import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Answer } from './upstream.ts'

/** Minimum bytes of an answer for compression. */
const LONG = 64 << 10

/** Whether the client accepts gzip. */
export const acceptsGzip = ({ method, headers }: Request): boolean =>
  method === 'GET' && /\bgzip\b/.test(headers.get('accept-encoding') ?? '')

/**
 * Response from the chunks of an answer, compressed while sending if it is long and the client accepts gzip. The
 * fastest level already reduces a list to a tenth.
 */
export function answerResponse(
  { status, body, length }: Pick<Answer, 'status' | 'body' | 'length'>,
  headers: Headers,
  compress: boolean,
): Response {
  if (length < LONG) return new Response(new Uint8Array(Buffer.concat(body)), { status, headers })
  if (!compress) {
    headers.set('content-length', String(length))
    return new Response(ReadableStream.from(body), { status, headers })
  }
  headers.set('content-encoding', 'gzip')
  const gzip = createGzip({ level: 1, chunkSize: 256 << 10 })
  return new Response(Readable.toWeb(Readable.from(body).pipe(gzip)), { status, headers })
}
