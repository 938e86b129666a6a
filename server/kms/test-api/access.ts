/** Access to the test API: from this machine, or with the token; never from a web page. */
import { hash, timingSafeEqual } from 'node:crypto'
import { isLoopback } from '../loopback.ts'
import { problem } from './problem.ts'

const digest = (text: string) => hash('sha256', text, 'buffer')

/** Digests have one length, for a comparison in constant time. */
function hasToken(authorization: string | null, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

/**
 * Refusal of a caller without access; undefined for a caller with access.
 * @param client IP address of the caller; undefined for a call from this process
 * @param token undefined: only this machine has access
 */
export function refusal(request: Request, client: string | undefined, token: string | undefined): Response | undefined {
  // Browsers send `Origin`: web pages have no access.
  if (request.headers.has('origin')) return problem(403, 'The test API is not for web pages.')
  if (client === undefined || isLoopback(client)) return undefined
  if (token === undefined)
    return problem(
      403,
      'The test API answers this machine only. Set KMS_TEST_TOKEN and send Authorization: Bearer with it.',
    )
  if (hasToken(request.headers.get('authorization'), token)) return undefined
  return problem(401, 'Send Authorization: Bearer with the value of KMS_TEST_TOKEN.', { 'www-authenticate': 'Bearer' })
}
