/** Sessions of people in a browser: the cookie holds the session itself, sealed. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { type CookiePlace, cookieNamed, setCookie } from './cookies.ts'
import type { Sealer } from './sealed.ts'

const PURPOSE = 'session'
const NAME = 'kms-console'

const Content = z.object({
  /** Identifier of the session, that of the identity provider where it has one. */
  id: z.string(),
  subject: z.string(),
  name: z.string(),
  /** Those that grants name. */
  groups: z.array(z.string()),
  /** Milliseconds of the sign-in. */
  at: z.number(),
})

export type Session = z.output<typeof Content>

const Sealed = z.object({ session: Content, seen: z.number() })

/**
 * Session, or all of a person, that was ended before its time; `at`: milliseconds of the sign-in where they are known, because
 * the clock of the process that signed in may be ahead.
 */
export type Ended = { readonly id: string; readonly at?: number } | { readonly subject: string }

/** Sessions that were ended before their time, for every process. */
export interface Revocations {
  isRevoked(session: Pick<Session, 'id' | 'subject' | 'at'>): Promise<boolean>
  /** @param until milliseconds after which no such session can be left */
  revoke(ended: Ended, until: number): Promise<void>
}

export interface FoundSession {
  readonly session: Session
  /** Header `Set-Cookie` of the answer where the idle time begins anew. */
  readonly renewal: string | undefined
}

export interface Sessions {
  /** Header `Set-Cookie` of a new session. */
  start(who: Pick<Session, 'subject' | 'name' | 'groups'> & { readonly id?: string | undefined }): string
  /** @param cookies header `Cookie` of a request */
  read(cookies: string | undefined): Promise<FoundSession | undefined>
  /** Ends it for every process. */
  end(ended: Ended): Promise<void>
  /** Header `Set-Cookie` that removes the cookie. */
  readonly removal: () => string
}

/** The idle time begins anew at most every tenth of it, so that few answers set a cookie. */
const RENEWED = 0.1

interface SessionOptions {
  readonly sealer: Sealer
  /** Called when it is needed: the port may be unknown at first. */
  readonly place: () => CookiePlace
  /** Milliseconds without a request after which a session ends, and of all of it. */
  readonly limits: { readonly idle: number; readonly absolute: number }
  readonly revocations: Revocations
  readonly now: () => number
}

/** Opened cookies that are kept, so that those of who is busy are opened once. */
const MOST_OPENED = 1000

export function openSessions({ sealer, place, limits, revocations, now }: SessionOptions): Sessions {
  const opened = new Map<string, z.output<typeof Sealed>>()
  const endOf = ({ session, seen }: z.output<typeof Sealed>) =>
    Math.min(seen + limits.idle, session.at + limits.absolute)

  /** Content of a cookie by its value; undefined for one that was not made here, or has expired. */
  function contentOf(value: string): z.output<typeof Sealed> | undefined {
    const known = opened.get(value)
    if (known) return now() < endOf(known) ? known : undefined
    const { data } = Sealed.safeParse(sealer.open(PURPOSE, value, now()))
    if (data === undefined || now() >= endOf(data)) return undefined
    const [oldest] = opened.keys()
    if (oldest !== undefined && opened.size >= MOST_OPENED) opened.delete(oldest)
    opened.set(value, data)
    return data
  }

  function cookieOf(session: Session): string {
    const seen = now()
    const end = endOf({ session, seen })
    const value = sealer.seal(PURPOSE, { session, seen } satisfies z.output<typeof Sealed>, end)
    return setCookie(place(), NAME, value, { sameSite: 'Strict', age: end - seen })
  }

  return {
    start: ({ id = randomUUID(), ...who }) => cookieOf({ ...who, id, at: now() }),
    async read(cookies) {
      const value = cookieNamed(cookies, place().prefix + NAME)
      if (value === undefined) return undefined
      const content = contentOf(value)
      if (content === undefined) return undefined
      const { session, seen } = content
      if (await revocations.isRevoked(session)) return undefined
      return { session, renewal: now() - seen < limits.idle * RENEWED ? undefined : cookieOf(session) }
    },
    end: (ended) => revocations.revoke(ended, now() + limits.absolute),
    removal: () => setCookie(place(), NAME, '', { sameSite: 'Strict', age: 0 }),
  }
}
