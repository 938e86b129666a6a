/** Cookie of a person who has signed in. */
import { cookiePlace } from '../server/sign-in/cookies.ts'
import { openSealer } from '../server/sign-in/sealed.ts'
import { openSessions } from '../server/sign-in/sessions.ts'

const HOUR = 3_600_000

/**
 * @param address of the console
 * @param secret its `SESSION_SECRET`
 * @param group of the person
 * @param id of the session; absent for a random one
 * @returns name and value
 */
export function cookieFor(address: string, secret: string, group: string, id?: string): string {
  const sessions = openSessions({
    sealer: openSealer([secret]),
    place: () => cookiePlace(new URL(address)),
    limits: { idle: HOUR, absolute: 8 * HOUR },
    revocations: { isRevoked: async () => false, revoke: async () => {} },
    now: Date.now,
  })
  return sessions.start({ id, subject: 'ada', name: 'Ada Lovelace', groups: [group] }).split(';')[0] ?? ''
}
