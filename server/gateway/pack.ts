import { Readable } from 'node:stream'
import { createGzip } from 'node:zlib'

/** Bytes of an answer that are worth the work. */
const LONG = 64 << 10

/** Whether whoever reads something can unpack gzip. */
export const unpacks = ({ method, headers }: Request): boolean =>
  method === 'GET' && /\bgzip\b/.test(headers.get('accept-encoding') ?? '')

/** The answer, compressed on its way out where it is long: the quickest level makes a tenth of a list already. */
export function packed(body: Uint8Array<ArrayBuffer>, status: number, headers: Headers): Response {
  if (body.length < LONG) return new Response(body, { status, headers })
  headers.set('content-encoding', 'gzip')
  const gzip = createGzip({ level: 1, chunkSize: 256 << 10 })
  return new Response(Readable.toWeb(Readable.from([body]).pipe(gzip)), { status, headers })
}
