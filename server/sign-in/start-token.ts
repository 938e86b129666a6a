/**
 * Token of one start, for a console on this machine with credentials of a cloud: other users of the machine reach its port
 * too. It is in the printed address, and then in a cookie.
 */
import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import { type HttpAnswer, type HttpRequest, pathOf, queryOf } from '../http/exchange.ts'
import { type CookiePlace, cookieNamed } from './cookies.ts'

export interface StartToken {
  /** Address with the token, for the one of the console. */
  addressOf(url: URL): string
  /** Whether a request has the cookie, or the token as `Authorization: Bearer`. */
  admits(request: HttpRequest): boolean
  /** Answer to a page that is opened with the token: the page without it, and the cookie. Undefined for any other. */
  enter(request: HttpRequest): HttpAnswer | undefined
}

const NAME = 'kms-console-start'
const PARAMETER = 'token'

const isSame = (one: string, other: string): boolean =>
  timingSafeEqual(hash('sha256', one, 'buffer'), hash('sha256', other, 'buffer'))

/** @param place called when it is needed: the port may be unknown at first */
export function openStartToken(place: () => CookiePlace): StartToken {
  const token = randomBytes(24).toString('base64url')
  // The address may be in the history of a shell or a browser; the cookie can't be made from it after the next start.
  const cookie = randomBytes(24).toString('base64url')
  return {
    addressOf: (url) => `${url.href}?${PARAMETER}=${token}`,
    admits(request) {
      const bearer = /^Bearer +(\S+)$/i.exec(request.header('authorization') ?? '')?.[1]
      const kept = cookieNamed(request.header('cookie'), place().prefix + NAME)
      return (bearer !== undefined && isSame(bearer, token)) || (kept !== undefined && isSame(kept, cookie))
    },
    enter(request) {
      const query = new URLSearchParams(queryOf(request.target))
      const given = query.get(PARAMETER)
      if (request.method !== 'GET' || given === null || !isSame(given, token)) return undefined
      query.delete(PARAMETER)
      const { prefix, attributes } = place()
      return {
        status: 303,
        headers: {
          location: `${pathOf(request.target)}${query.size > 0 ? `?${query}` : ''}`,
          'cache-control': 'no-store',
        },
        // Until the browser is closed.
        cookies: [`${prefix}${NAME}=${cookie}; ${attributes}; SameSite=Strict`],
      }
    },
  }
}
