/** What people may do through the gateway: who they are, what their roles allow, what a second person approves, and its log. */
import type { Endpoint } from '../../src/clouds/endpoint.ts'
import { isAdmin } from '../../src/clouds/gateway/allowed.ts'
import { type ApprovalKind, approvalKindOf } from '../../src/clouds/gateway/approvals.ts'
import { roleFor } from '../../src/clouds/gateway/roles.ts'
import type { Grant, Session } from '../../src/clouds/gateway/wire.ts'
import type { Connection } from '../gateway/connection.ts'
import { refuseChange, type Supervise } from '../gateway/forward.ts'
import { ProblemError } from '../gateway/problem.ts'
import { type ProviderCall, planCall, type SendOptions, sendCall, withBodyAsRead } from '../gateway/provider-call.ts'
import type { HttpAnswer } from '../http/exchange.ts'
import { DatabaseUnavailableError } from '../records/database.ts'
import type { Records } from '../records/records.ts'
import type { Person } from '../sign-in/person.ts'
import type { SignIn } from '../sign-in/sign-in.ts'
import { type ApiAnswer, type AskedCall, openApi } from './api.ts'
import { type Approvals, openApprovals } from './approvals.ts'
import { authorizeCall } from './authorization.ts'
import { type Actor, eventOf, factsOf, operationOf, outcomeOf } from './events.ts'
import { afterSending } from './without-records.ts'

export interface Access {
  readonly signIn: SignIn
  /** For `/api/session`. */
  describe(person: Person): Pick<Session, 'person' | 'grants' | 'needs' | 'approvals'>
  /** How calls of a person are carried out. */
  supervise(actor: Actor): Supervise
  readonly api: ApiAnswer
  readonly approvals: Approvals
  ready(): Promise<boolean>
}

export interface AccessOptions extends Pick<SendOptions, 'timeout' | 'agent' | 'meter'> {
  readonly signIn: SignIn
  readonly grants: readonly Grant[]
  readonly records: Records
  readonly connections: readonly Connection[]
  readonly readOnly: boolean
  readonly approvalKinds: readonly ApprovalKind[]
  /** Milliseconds from a request for approval to its end. */
  readonly approvalLifetime: number
  /** Milliseconds since the epoch. */
  readonly now: () => number
  readonly report: (error: unknown) => void
}

const headerOf = (project: string | undefined, hasBody: boolean) => (name: string) =>
  name === 'x-project-identity' ? project : name === 'content-type' && hasBody ? 'application/json' : undefined

/** Whether a grant's labels or locations, or an approval, may depend on the body. */
const isDecidedByBody = (row: Endpoint): boolean => row.effect === 'change' || approvalKindOf(row) !== undefined

export function openAccess(options: AccessOptions): Access {
  const { signIn, grants, records, connections, timeout, agent, meter, now, report } = options
  const { auditLog } = records
  const rows = connections.flatMap(({ allowList }) => allowList)
  const needs = Object.fromEntries(rows.flatMap((row) => (row.activity ? [[row.activity, roleFor(row)]] : [])))

  /** JSON of the answer to a call that reads; undefined where the provider has none, or can't be asked. */
  async function read(planned: ProviderCall): Promise<unknown> {
    const { status, body } = await sendCall(planned, { timeout, agent, meter })
    return status === 200 ? JSON.parse(Buffer.concat(body).toString('utf8')) : undefined
  }

  const authorize = (planned: ProviderCall, person: Person) => authorizeCall(planned, person.grants, grants, read)

  function planAsked({ provider, method, path, project, body }: Omit<AskedCall, 'reason'>): ProviderCall {
    const connection = connections.find(({ id }) => id === provider)
    if (!connection) throw new ProblemError({ slug: 'unknown-path', detail: `There is no cloud ${provider} here.` })
    const planned = planCall(connection, { method, path, query: '', header: headerOf(project, body !== undefined) })
    if (options.readOnly) refuseChange(planned)
    return body === undefined ? planned : { ...planned, body: Buffer.from(JSON.stringify(body)) }
  }

  const approvals = openApprovals({
    store: records.approvals,
    kinds: options.approvalKinds,
    lifetime: options.approvalLifetime,
    plan: ({ provider, method, path, project, body }) =>
      planAsked({ provider, method, path, ...(project !== undefined && { project }), body: body as AskedCall['body'] }),
    async send(planned) {
      const { status, headers } = await sendCall(planned, { timeout, agent, meter })
      const id = headers['x-request-id']
      return { status, headers: typeof id === 'string' ? { 'x-request-id': id } : {} }
    },
    read,
    authorize,
    isAdmin: ({ grants: held }) => isAdmin(held),
    now,
    report,
  })

  async function record(planned: ProviderCall, actor: Actor, details: Parameters<typeof eventOf>[3]): Promise<void> {
    const event = eventOf(actor, now(), operationOf(planned), { ...factsOf(planned), ...details })
    await auditLog.append(event)
  }

  /** @param approval identifier of the approval that the call uses */
  async function carryOut(
    planned: ProviderCall,
    actor: Actor,
    send: (planned: ProviderCall) => Promise<HttpAnswer>,
    approval: string | undefined,
  ): Promise<HttpAnswer> {
    let answer: HttpAnswer | undefined
    let failure: unknown
    try {
      answer = await send(planned)
    } catch (error) {
      failure = error
    }
    const outcome = outcomeOf(planned, answer, failure)
    await record(planned, actor, { ...outcome, approval }).catch((error: unknown) => {
      throw outcome.outcome === 'refused' ? error : afterSending(error)
    })
    if (answer === undefined) throw failure
    return answer
  }

  async function assertAllowed(planned: ProviderCall, actor: Actor): Promise<void> {
    try {
      await authorize(planned, actor.person)
    } catch (error) {
      if (planned.row.effect !== 'read') await record(planned, actor, { outcome: 'refused' })
      throw error
    }
  }

  const superviseFor =
    (actor: Actor): Supervise =>
    async (asked, send) => {
      await assertAllowed(asked, actor)
      if (asked.row.effect === 'read') return send(asked)
      const planned = isDecidedByBody(asked.row) ? withBodyAsRead(asked) : asked
      const kind = await approvals.kindOf(planned)
      // A change that could not be recorded afterwards is not made.
      if (planned.row.effect === 'change' && !(await records.ready()))
        throw new DatabaseUnavailableError('The console’s records don’t answer.')
      if (kind === undefined) return carryOut(planned, actor, send, undefined)
      const used = await approvals.use(planned, actor, kind)
      let outcome = outcomeOf(planned, undefined)
      try {
        const answer = await carryOut(planned, actor, send, used.approval.id)
        outcome = outcomeOf(planned, answer)
        return answer
      } finally {
        await approvals.finish(used, outcome).catch(report)
      }
    }

  return {
    signIn,
    describe: ({ subject, name, grants: held, by }) => ({
      person: { subject, name, grants: [...held], canSignOut: by === 'session' },
      grants: [...grants],
      needs,
      approvals: [...options.approvalKinds],
    }),
    supervise: superviseFor,
    api: openApi({
      auditLog,
      approvals,
      async plan(asked, actor) {
        const planned = planAsked(asked)
        await authorize(planned, actor.person)
        return planned
      },
    }),
    approvals,
    ready: () => records.ready(),
  }
}
