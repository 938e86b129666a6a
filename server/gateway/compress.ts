import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'
import type { Answer } from './upstream.ts'

/** Bytes of an answer that are worth the work. */
const LONG = 64 << 10

/** Whether whoever reads something can unpack gzip. */
export const acceptsGzip = ({ method, headers }: Request): boolean =>
  method === 'GET' && /\bgzip\b/.test(headers.get('accept-encoding') ?? '')

/**
 * An answer in pieces as a response: compressed on its way out where it is long and whoever reads it can unpack it. The
 * quickest level makes a tenth of a list already.
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
