/** People and programs that use two consoles, and remember what was acknowledged. */
import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type BenchSession, cookieFor } from '../cookie.ts'
import type { Consoles } from './consoles.ts'

export interface Acknowledged {
  /** Identifiers of the answers to acts that the audit log has. */
  readonly acts: string[]
  /** Identifiers of keys that were made. */
  readonly keys: string[]
  /** Approvals whose deletion was answered as carried out. */
  readonly decisions: string[]
  /** Sessions that were ended. */
  readonly signOuts: BenchSession[]
  /** Disabled keys, and operations that were tried on them afterwards. */
  disabled: number
  triedOnDisabled: number
  /** What must not be. */
  doneOnDisabled: number
  admittedAfterSignOut: number
  /** Answers that no rule allows, as texts. */
  readonly unexpected: string[]
  /** Requests without an answer, and answers 503. */
  unanswered: number
  unavailable: number
  /** Milliseconds of the longest time without an acknowledgement. */
  longestGap: number
}

const KEYS = '/v1/kms/nl-01/keys'
const plaintext = Buffer.from('a secret').toString('base64')

/** Milliseconds for an answer, and before a console that is down is tried again. */
const LONGEST = 30_000
const PAUSE = 20

interface Answer {
  readonly status: number
  /** Empty for an answer without JSON. */
  readonly body: Readonly<Record<string, unknown>>
  readonly request: string
}

export function startLoad(consoles: Consoles, { workers }: { readonly workers: number }) {
  const seen: Acknowledged = {
    acts: [],
    keys: [],
    decisions: [],
    signOuts: [],
    disabled: 0,
    triedOnDisabled: 0,
    doneOnDisabled: 0,
    admittedAfterSignOut: 0,
    unexpected: [],
    unanswered: 0,
    unavailable: 0,
    longestGap: 0,
  }
  let isOver = false
  let last = performance.now()

  function acknowledge(): void {
    seen.longestGap = Math.max(seen.longestGap, performance.now() - last)
    last = performance.now()
  }

  /** Undefined without an answer: what was asked for may have been done. */
  async function send(nth: number, path: string, init: RequestInit): Promise<Answer | undefined> {
    const address = consoles.addressOf(nth % 2)
    if (address === undefined) {
      await pause(PAUSE)
      return undefined
    }
    try {
      const response = await fetch(address + path, { ...init, signal: AbortSignal.timeout(LONGEST) })
      const text = await response.text()
      const request = response.headers.get('x-request-id') ?? ''
      if (response.status === 503) seen.unavailable += 1
      else if (response.status >= 500) seen.unexpected.push(`${init.method} ${path}: ${response.status} ${text}`)
      return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {}, request }
    } catch {
      seen.unanswered += 1
      await pause(PAUSE)
      return undefined
    }
  }

  const asProgram = (nth: number, method: string, path: string, body?: object) =>
    send(nth, `/api${path}`, {
      method,
      headers: { authorization: `Bearer ${consoles.token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    })

  /** The cookie of one session at either console. */
  function cookieAt(nth: number, session: BenchSession): string {
    const address = consoles.addressOf(nth % 2)
    return address === undefined ? '' : cookieFor(address, consoles.secret, consoles.group, session)
  }

  const newSession = (): BenchSession => ({ id: randomUUID(), at: Date.now() })
  const approver = newSession()

  /** An act that the audit log has; undefined unless it was acknowledged as done. */
  async function act(nth: number, method: string, path: string, body?: object): Promise<Answer | undefined> {
    const answer = await asProgram(nth, method, `/thalassa${path}`, body)
    if (answer === undefined || answer.status >= 300) return undefined
    seen.acts.push(answer.request)
    acknowledge()
    return answer
  }

  async function encryptAndDisable(nth: number, key: string): Promise<void> {
    await act(nth, 'POST', `${key}/encrypt`, { plaintext })
    if (!(await act(nth, 'POST', `${key}/disable`))) return
    seen.disabled += 1
    for (const other of [nth + 1, nth, nth + 1]) {
      const answer = await asProgram(other, 'POST', `/thalassa${key}/encrypt`, { plaintext })
      if (answer === undefined) continue
      seen.triedOnDisabled += 1
      if (answer.status < 300) seen.doneOnDisabled += 1
    }
  }

  async function approveDeletion(nth: number, path: string): Promise<void> {
    const call = { provider: 'thalassa', method: 'DELETE', path, reason: 'the service is gone' }
    const asked = await asProgram(nth, 'POST', '/approvals', call)
    if (asked?.status !== 201) return
    const id = String(asked.body.id)
    const decided = await send(nth + 1, `/api/approvals/${id}`, {
      method: 'POST',
      headers: { cookie: cookieAt(nth + 1, approver), 'content-type': 'application/json' },
      body: JSON.stringify({ decision: 'approve' }),
    })
    if (decided?.status !== 200) return
    if (decided.body.state === 'done') seen.decisions.push(id)
    else seen.unexpected.push(`approval ${id}: ${String(decided.body.state)}`)
    acknowledge()
  }

  async function signOut(nth: number): Promise<void> {
    const session = newSession()
    const out = await send(nth, '/auth/sign-out', { method: 'POST', headers: { cookie: cookieAt(nth, session) } })
    if (out?.status !== 200) return
    seen.signOuts.push(session)
    acknowledge()
    for (const at of [nth + 1, nth]) {
      const admitted = await send(at, '/api/session', { headers: { cookie: cookieAt(at, session) } })
      if (admitted?.status === 200) seen.admittedAfterSignOut += 1
    }
  }

  async function work(nth: number): Promise<void> {
    for (let round = nth; !isOver; round += 1) {
      const made = await act(round, 'POST', KEYS, { name: `key ${nth} ${round}`, keyType: 'aes256-gcm96' })
      if (made === undefined) continue
      const id = String(made.body.identity)
      seen.keys.push(id)
      const key = `${KEYS}/${id}`
      await encryptAndDisable(round, key)
      if (round % 2 === 0) await approveDeletion(round, key)
      else await signOut(round)
    }
  }

  const working = Promise.all(Array.from({ length: workers }, (_, nth) => work(nth)))
  return {
    seen,
    async stop(): Promise<Acknowledged> {
      isOver = true
      await working
      return seen
    },
  }
}
