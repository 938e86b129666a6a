/** Approvals: a call that a second person must allow is kept, decided, and carried out once, as it was asked for. */
import { hash, randomUUID } from 'node:crypto'
import {
  type Approval,
  type ApprovalKind,
  type ApprovalState,
  approvalKindOf,
  approvedActivities,
} from '../../src/clouds/gateway/approvals.ts'
import { ProblemError } from '../gateway/problem.ts'
import { decidingMember, jsonOf, keyCallOf, type ProviderCall, planCall } from '../gateway/provider-call.ts'
import type { HttpAnswer } from '../http/exchange.ts'
import { type ApprovalStore, type StoredApproval, WrongStateError } from '../records/approvals.ts'
import type { NewEvent } from '../records/audit-log.ts'
import type { Person } from '../sign-in/person.ts'
import { type Actor, eventOf, factsOf, type Outcome, operationOf, outcomeOf } from './events.ts'
import { afterSending } from './without-records.ts'

export interface ApprovalOptions {
  readonly store: ApprovalStore
  readonly kinds: readonly ApprovalKind[]
  /** Milliseconds from the request to the end of its approval. */
  readonly lifetime: number
  /** The call of an approval, for its asker. @throws ProblemError where the console no longer makes it */
  readonly plan: (approval: Approval) => ProviderCall
  /** Sends a call of an approval, without a client. */
  readonly send: (planned: ProviderCall) => Promise<HttpAnswer>
  /** JSON of the answer to a call that reads; undefined where there is none. */
  readonly read: (planned: ProviderCall) => Promise<unknown>
  /** @throws ProblemError for a call that the person may not make */
  readonly authorize: (planned: ProviderCall, person: Person) => Promise<void>
  /** Whether the person may end requests of others. */
  readonly isAdmin: (person: Person) => boolean
  readonly now: () => number
  readonly report: (error: unknown) => void
}

export type Decision = 'approve' | 'decline' | 'withdraw'

export interface Approvals {
  /** Kind of approval that a call needs; undefined for none. */
  kindOf(planned: ProviderCall): Promise<ApprovalKind | undefined>
  ask(planned: ProviderCall, actor: Actor, reason: string): Promise<Approval>
  /**
   * Takes the approval of exactly this call, for its asker: it can't be used again.
   * @throws ProblemError if there is none
   */
  use(planned: ProviderCall, actor: Actor, kind: ApprovalKind): Promise<StoredApproval>
  /** Stores what came of a call whose approval was used. */
  finish(used: StoredApproval, outcome: Outcome): Promise<unknown>
  decide(id: string, decision: Decision, actor: Actor, note: string | undefined): Promise<Approval>
  find(id: string): Promise<Approval>
  list(states: readonly ApprovalState[]): Promise<readonly Approval[]>
  /** Ends what is late, and carries out what a process that ended has left. */
  sweep(): Promise<void>
}

/** Milliseconds after which a call that was begun has ended, or its process has. */
const LONGEST_CALL = 60_000
/** Milliseconds within which the process that took the decision begins the call. */
const BEGUN = 10_000
/** Approvals of one list. */
const MOST = 500
/** Requests of one person that are open at once. */
const MOST_OPEN = 50

const noSuch = () => new ProblemError({ slug: 'unknown-path', detail: 'There is no such request for approval.' })

const isSameCall = (approval: Approval, planned: ProviderCall): boolean =>
  approval.provider === planned.connection.id &&
  approval.method === planned.row.method &&
  approval.path === planned.path &&
  approval.project === planned.project &&
  JSON.stringify(approval.body) === JSON.stringify(jsonOf(planned))

const nameIn = (key: unknown): string | undefined =>
  typeof key === 'object' && key !== null && 'name' in key && typeof key.name === 'string' ? key.name : undefined

const stateText: Readonly<Record<ApprovalState, string>> = {
  waiting: 'still waits for a decision',
  approved: 'is approved already',
  running: 'is being carried out',
  done: 'was carried out already',
  failed: 'was carried out and failed',
  unknown: 'was carried out, and its outcome is not known',
  declined: 'was declined already',
  withdrawn: 'was withdrawn',
  expired: 'has expired. Ask again',
  outdated: 'is void: the key has changed since. Ask again',
}

const wrongState = (state: ApprovalState) =>
  new ProblemError({ slug: 'approval-state', detail: `The request ${stateText[state]}.` })

/** The gateway itself, in the name of the person who asked. */
const inNameOf = ({ asker }: Approval): Actor => ({
  person: { ...asker, grants: [], by: 'session' },
  client: undefined,
  request: randomUUID(),
})

export function openApprovals(options: ApprovalOptions): Approvals {
  const { store, kinds, lifetime, plan, send, read, authorize, now } = options

  async function keyStateOf(
    planned: ProviderCall,
  ): Promise<{ readonly key: unknown; readonly state: string | undefined }> {
    const keyCall = keyCallOf(planned)
    const key = keyCall && (await read(keyCall))
    if (key === undefined) return { key, state: undefined }
    return { key, state: hash('sha256', JSON.stringify(planned.connection.keyState(key)), 'base64url') }
  }

  /** Whether an API key would get a role that is not limited to some operations; one that can't be read counts as such. */
  async function isWide(planned: ProviderCall): Promise<boolean> {
    const { apiKeyRoles } = planned.connection
    const id = apiKeyRoles && decidingMember(planned, apiKeyRoles.member)
    if (apiKeyRoles === undefined || typeof id !== 'string') return true
    const path = apiKeyRoles.path(planned.path, id)
    const role = await read(planCall(planned.connection, { method: 'GET', path, query: '', header: () => undefined }))
    return role === undefined || apiKeyRoles.isWide(role)
  }

  /** The next state where it is still the one that was read. */
  async function step(...[before, state, changes, event]: Parameters<ApprovalStore['step']>): Promise<StoredApproval> {
    try {
      return await store.step(before, state, changes, event)
    } catch (error) {
      throw error instanceof WrongStateError ? wrongState(error.state) : error
    }
  }

  async function findStored(id: string): Promise<StoredApproval> {
    const stored = await store.find(id)
    if (!stored) throw noSuch()
    return stored
  }

  /** Ends an approval that is late, or whose key has changed. @throws ProblemError then */
  async function assertCurrent(stored: StoredApproval, planned: ProviderCall): Promise<void> {
    const { approval, keyState } = stored
    if (approval.expiresAt <= now()) {
      await step(stored, 'expired')
      throw wrongState('expired')
    }
    if (keyState === undefined || (await keyStateOf(planned)).state === keyState) return
    await step(stored, 'outdated')
    throw wrongState('outdated')
  }

  /** Stores what came of a call. */
  function finish(running: StoredApproval, { outcome, status }: Outcome, event?: NewEvent): Promise<StoredApproval> {
    const state = outcome === 'ok' ? 'done' : outcome === 'unknown' ? 'unknown' : 'failed'
    return step(running, state, { carriedOut: { at: now(), ...(status !== undefined && { status }) } }, event)
  }

  /** Carries out an approved call that reveals nothing, in the name of its asker. */
  async function carryOut(approved: StoredApproval): Promise<StoredApproval> {
    const { approval } = approved
    const planned = plan(approval)
    await assertCurrent(approved, planned)
    const running = await step(approved, 'running', { carriedOut: { at: now() } })
    let outcome: Outcome
    try {
      outcome = outcomeOf(planned, await send(planned))
    } catch (error) {
      options.report(error)
      outcome = outcomeOf(planned, undefined, error)
    }
    const details = { ...factsOf(planned), ...outcome, approval: approval.id }
    return finish(running, outcome, eventOf(inNameOf(approval), now(), operationOf(planned), details))
  }

  async function withdraw(stored: StoredApproval, actor: Actor, note: string | undefined): Promise<StoredApproval> {
    const { approval } = stored
    if (approval.asker.subject !== actor.person.subject && !options.isAdmin(actor.person))
      throw new ProblemError({ slug: 'not-allowed', detail: 'Only the person who asked, and admins, can withdraw it.' })
    return step(stored, 'withdrawn', {}, eventFor(actor, approval, 'withdraw', note))
  }

  const eventFor = (actor: Actor, approval: Approval, operation: string, reason: string | undefined) =>
    eventOf(actor, now(), operation, {
      provider: approval.provider,
      location: approval.location,
      project: approval.project,
      key: approval.key?.id,
      approval: approval.id,
      reason,
    })

  async function decideAsOther(
    stored: StoredApproval,
    isApproved: boolean,
    actor: Actor,
    note: string | undefined,
  ): Promise<StoredApproval> {
    const { approval } = stored
    const { subject, name, by } = actor.person
    if (by === 'API token')
      throw new ProblemError({ slug: 'not-allowed', detail: 'A person must decide: a program can only ask.' })
    if (approval.asker.subject === subject)
      throw new ProblemError({ slug: 'not-allowed', detail: 'Another person must decide: you asked for it yourself.' })
    if (approval.state !== 'waiting') throw wrongState(approval.state)
    const planned = plan(approval)
    await authorize(planned, actor.person)
    if (isApproved) await assertCurrent(stored, planned)
    const decision = { by: { subject, name }, at: now(), ...(note !== undefined && { note }) }
    const event = eventFor(actor, approval, isApproved ? 'approve' : 'decline', note)
    const decided = await step(stored, isApproved ? 'approved' : 'declined', { decision }, event)
    if (!isApproved || approval.revealsSecret) return decided
    return carryOut(decided).catch((error: unknown) => {
      throw afterSending(error)
    })
  }

  /** The process that carried it out has ended, or could not store what came of it. */
  async function giveUp(stored: StoredApproval): Promise<void> {
    const { approval } = stored
    const event = eventFor(inNameOf(approval), approval, approvedActivities[approval.kind], undefined)
    await store.step(stored, 'unknown', {}, { ...event, outcome: 'unknown' })
  }

  return {
    async kindOf(planned) {
      const kind = approvalKindOf(planned.row)
      if (kind === undefined || !kinds.includes(kind)) return undefined
      return kind !== 'api-keys' || (await isWide(planned)) ? kind : undefined
    },
    async ask(planned, actor, reason) {
      const kind = await this.kindOf(planned)
      if (kind === undefined)
        throw new ProblemError({
          slug: 'approval-state',
          detail: 'This call needs no approval: it can be made at once.',
        })
      const open = await store.list(['waiting', 'approved', 'running'], MOST)
      const own = open.filter(({ approval }) => approval.asker.subject === actor.person.subject)
      if (own.length >= MOST_OPEN)
        throw new ProblemError({
          slug: 'approval-state',
          detail: `You have ${MOST_OPEN} open requests: withdraw some of them first.`,
        })
      const { key, state } = await keyStateOf(planned)
      const body = jsonOf(planned)
      const keyName = nameIn(key)
      const approval: Approval = {
        id: randomUUID(),
        state: 'waiting',
        kind,
        asker: { subject: actor.person.subject, name: actor.person.name },
        reason,
        askedAt: now(),
        expiresAt: now() + lifetime,
        provider: planned.connection.id,
        method: planned.row.method,
        path: planned.path,
        ...(body !== undefined && { body }),
        ...(planned.location !== undefined && { location: planned.location }),
        ...(planned.project !== undefined && { project: planned.project }),
        ...(planned.key !== undefined && { key: { id: planned.key, ...(keyName !== undefined && { name: keyName }) } }),
        revealsSecret: planned.row.reveals !== undefined,
      }
      await store.insert({ approval, keyState: state }, eventFor(actor, approval, 'ask', reason))
      return approval
    },
    async use(planned, actor, kind) {
      const approved = await store.list(['approved'], MOST)
      const own = approved.filter(({ approval }) => approval.asker.subject === actor.person.subject)
      const found = own.find(({ approval }) => approval.revealsSecret && isSameCall(approval, planned))
      if (!found)
        throw new ProblemError({
          slug: 'approval-needed',
          detail: `A second person must approve this (${kind}). Ask for it with a reason.`,
        })
      await assertCurrent(found, planned)
      return step(found, 'running', { carriedOut: { at: now() } })
    },
    finish,
    async decide(id, decision, actor, note) {
      const stored = await findStored(id)
      const decided =
        decision === 'withdraw'
          ? await withdraw(stored, actor, note)
          : await decideAsOther(stored, decision === 'approve', actor, note)
      return decided.approval
    },
    find: async (id) => (await findStored(id)).approval,
    list: async (states) => (await store.list(states, MOST)).map(({ approval }) => approval),
    async sweep() {
      const open = await store.list(['waiting', 'approved', 'running'], MOST)
      for (const stored of open) {
        const { state, expiresAt, revealsSecret, decision, carriedOut } = stored.approval
        try {
          if (state === 'running') {
            if ((carriedOut?.at ?? 0) + LONGEST_CALL <= now()) await giveUp(stored)
          } else if (expiresAt <= now()) await store.step(stored, 'expired')
          else if (state === 'approved' && !revealsSecret && (decision?.at ?? 0) + BEGUN <= now())
            await carryOut(stored)
        } catch (error) {
          // Another process was faster.
          if (!(error instanceof WrongStateError || error instanceof ProblemError)) throw error
        }
      }
    },
  }
}
