import type { ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import type { AuditRows, Recorded } from '../engine/audit.ts'
import type { Answer } from './problems.ts'
import { type Content, readKeyId } from './validation.ts'

/** Request target of an operation. */
export interface Call {
  readonly zone: ZoneName
  /** Value of the path parameter, percent-encoded; empty if the path has none. */
  readonly id: string
}

/** Call that may change something. */
export interface RecordedCall extends Call {
  /** Audit rows of the call with the given answer. Called in the transaction of its change. */
  readonly record: (answer: Answer) => AuditRows
}

/** The answer to a change, with the audit rows that are stored in its transaction. */
export const answered = ({ record }: Pick<RecordedCall, 'record'>, reply: Answer): Recorded<Answer> => ({
  result: reply,
  audit: record(reply),
})

/** Throws a Problem to refuse. Operations without a body ignore `content`. */
export type Operation<C extends Call = RecordedCall> = (call: C, content: Content) => Promise<Answer>

/** Operation on a key: the id is validated first and passed in lower case. */
export const ofKey =
  <C extends Call>(operation: Operation<C>): Operation<C> =>
  async (call, content) =>
    operation({ ...call, id: readKeyId(call.id) }, content)
