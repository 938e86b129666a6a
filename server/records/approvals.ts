/** Approvals in the database: each change of state is one transaction, with its event in the audit log. */
import { Approval, type ApprovalState, isOpen, steps } from '../../src/clouds/gateway/approvals.ts'
import type { AuditLog, NewEvent } from './audit-log.ts'
import { type Database, type SqlRow, type SqlValue, textOf } from './database.ts'

/** An approval with what only the gateway needs. */
export interface StoredApproval {
  readonly approval: Approval
  /** State of the key when the person asked, to find that it has changed; undefined where there is none. */
  readonly keyState: string | undefined
}

/** Another state than the change needs. */
export class WrongStateError extends Error {
  readonly state: ApprovalState

  constructor(state: ApprovalState) {
    super(`the approval is ${state}`)
    this.state = state
  }
}

export interface ApprovalStore {
  insert(stored: StoredApproval, event: NewEvent): Promise<void>
  find(id: string): Promise<StoredApproval | undefined>
  /** The latest first. */
  list(states: readonly ApprovalState[], limit: number): Promise<readonly StoredApproval[]>
  /**
   * Goes one step, if the approval is still in the state that it was read in.
   * @param changes members that the step sets
   * @throws WrongStateError
   */
  step(
    before: StoredApproval,
    state: ApprovalState,
    changes?: Partial<Approval>,
    event?: NewEvent,
  ): Promise<StoredApproval>
}

const storedOf = ({ content }: SqlRow): StoredApproval => {
  const { approval, keyState } = JSON.parse(textOf(content)) as { approval: unknown; keyState?: string }
  return { approval: Approval.parse(approval), keyState }
}

export function openApprovalStore(database: Database, log: AuditLog): ApprovalStore {
  return {
    insert: (stored, event) =>
      log.changeWith(async (query) => {
        const { id, state, askedAt, expiresAt } = stored.approval
        await query(
          'INSERT INTO console_approvals (id, state, asked_at, expires_at, content) VALUES ($1, $2, $3, $4, $5)',
          [id, state, askedAt, expiresAt, JSON.stringify(stored)],
        )
        return { result: undefined, event }
      }),
    async find(id) {
      const [row] = await database.read('SELECT content FROM console_approvals WHERE id = $1', [id])
      return row && storedOf(row)
    },
    async list(states, limit) {
      const values: SqlValue[] = [limit]
      const wanted = states.map((state) => `$${values.push(state)}`).join(', ')
      const rows = await database.read(
        `SELECT content FROM console_approvals WHERE state IN (${wanted}) ORDER BY asked_at DESC, id LIMIT $1`,
        values,
      )
      return rows.map(storedOf)
    },
    step({ approval: before, keyState }, state, changes = {}, event) {
      if (!isOpen(before.state) || !steps[before.state]?.includes(state)) throw new WrongStateError(before.state)
      const approval: Approval = { ...before, ...changes, state }
      const stored: StoredApproval = { approval, keyState }
      return log.changeWith(async (query) => {
        const [row] = await query(
          'UPDATE console_approvals SET state = $1, content = $2 WHERE id = $3 AND state = $4 RETURNING id',
          [state, JSON.stringify(stored), before.id, before.state],
        )
        if (row) return { result: stored, ...(event && { event }) }
        const [now] = await query('SELECT content FROM console_approvals WHERE id = $1', [before.id])
        throw new WrongStateError(now ? storedOf(now).approval.state : before.state)
      })
    },
  }
}
