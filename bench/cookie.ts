/** Cookie of a person who has signed in. */
import { cookiePlace } from '../server/sign-in/cookies.ts'
import { openSealer } from '../server/sign-in/sealed.ts'
import { openSessions } from '../server/sign-in/sessions.ts'

const HOUR = 3_600_000

/** Identifier of the person. */
export const SUBJECT = 'ada'

export interface BenchSession {
  readonly id: string
  /** Milliseconds of the sign-in. */
  readonly at: number
}

/**
 * @param address of the console
 * @param secret its `SESSION_SECRET`
 * @param group of the person
 * @param session identifier, and when the person signed in; absent for a new one
 * @returns name and value
 */
export function cookieFor(address: string, secret: string, group: string, session?: BenchSession): string {
  const sessions = openSessions({
    sealer: openSealer([secret]),
    place: () => cookiePlace(new URL(address)),
    limits: { idle: HOUR, absolute: 8 * HOUR },
    revocations: { isRevoked: async () => false, revoke: async () => {} },
    now: () => session?.at ?? Date.now(),
  })
  return (
    sessions.start({ id: session?.id, subject: SUBJECT, name: 'Ada Lovelace', groups: [group] }).split(';')[0] ?? ''
  )
}
