/** Access to the test API: from this machine, or with the token; never from a web page. */
import { hash, timingSafeEqual } from 'node:crypto'
import type { HttpAnswer, HttpRequest } from '../../http/exchange.ts'
import { isLoopback } from '../loopback.ts'
import { problem } from './problem.ts'

const digest = (text: string) => hash('sha256', text, 'buffer')

/** Digests have one length, for a comparison in constant time. */
function hasToken(authorization: string | undefined, token: string): boolean {
  const given = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1]
  return given !== undefined && timingSafeEqual(digest(given), digest(token))
}

/**
 * Refusal of a caller without access; undefined for a caller with access.
 * @param token undefined: only this machine has access
 */
export function refusal(request: HttpRequest, token: string | undefined): HttpAnswer | undefined {
  const { client } = request
  // Browsers send `Origin`: web pages have no access.
  if (request.header('origin') !== undefined) return problem(403, 'The test API is not for web pages.')
  if (client === undefined || isLoopback(client)) return undefined
  if (token === undefined)
    return problem(
      403,
      'The test API answers this machine only. Set KMS_TEST_TOKEN and send Authorization: Bearer with it.',
    )
  if (hasToken(request.header('authorization'), token)) return undefined
  return problem(401, 'Send Authorization: Bearer with the value of KMS_TEST_TOKEN.', { 'www-authenticate': 'Bearer' })
}
