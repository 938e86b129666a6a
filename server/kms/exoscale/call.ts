import type { ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import type { Answer } from './problems.ts'
import { type Content, readKeyId } from './validation.ts'

/** Request target of an operation. */
export interface Call {
  readonly zone: ZoneName
  /** Value of the path parameter, percent-encoded; empty if the path has none. */
  readonly id: string
}

/** Throws a Problem to refuse. Operations without a body ignore `content`. */
export type Operation = (call: Call, content: Content) => Promise<Answer>

/** Operation on a key: the id is validated first and passed in lower case. */
export const ofKey =
  (operation: Operation): Operation =>
  async (call, content) =>
    operation({ ...call, id: readKeyId(call.id) }, content)
