import type { ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import type { Answer } from './problems.ts'
import { type Content, readKeyId } from './validation.ts'

/** Whom an operation is about. */
export interface Call {
  readonly zone: ZoneName
  /** As the path has it, still percent-encoded; empty where it has none. */
  readonly id: string
}

/** Refuses by throwing a problem. Operations that take no body leave `content` alone. */
export type Operation = (call: Call, content: Content) => Promise<Answer>

/** With the id checked, in lower case. */
export const ofKey =
  (operation: Operation): Operation =>
  async (call, content) =>
    operation({ ...call, id: readKeyId(call.id) }, content)
