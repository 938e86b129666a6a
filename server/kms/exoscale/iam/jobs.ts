/** Operations of the provider: changes that may be pending when their request is answered. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import type { Rows } from '../../engine/store.ts'
import type { ProviderServices } from '../../provider.ts'
import type { FaultSwitches } from '../fault-switches.ts'
import { CLOUD } from '../keys.ts'
import { type Answer, answer, message } from '../problems.ts'

const KIND = 'operation'
const HOUR = 3_600_000

/** Resource of a change, and how to read it. */
export interface Reference {
  readonly id: string
  readonly link: string
  readonly command: string
}

const Content = z.object({
  state: z.enum(['pending', 'success']),
  reference: z.optional(z.object({ id: z.string(), link: z.string(), command: z.string() })),
  message: z.optional(z.string()),
})
type Content = z.infer<typeof Content>

export interface Jobs {
  /**
   * Answer to a change in its transaction; with the switch it is pending until it is read again.
   * @param remark what the caller should know about it
   */
  done(rows: Rows, reference?: Reference, remark?: string): Answer
  /** Reads an operation, which is complete then, and is kept for an hour. */
  read(id: string): Promise<Answer>
}

const answerOf = (id: string, content: Content): Answer => answer({ id, ...content })

export function openJobs({
  resources,
  clock,
  switches,
}: Pick<ProviderServices, 'resources' | 'clock'> & { switches: FaultSwitches }): Jobs {
  return {
    done(rows, reference, remark) {
      rows.removeResourcesUntil(CLOUD, KIND, clock.now() - HOUR)
      const id = randomUUID()
      const createdAt = clock.now()
      const content: Content = {
        state: switches.operations === 'pending' ? 'pending' : 'success',
        ...(reference ? { reference } : {}),
        ...(remark === undefined ? {} : { message: remark }),
      }
      rows.putResource({ cloud: CLOUD, kind: KIND, id, createdAt, content })
      return answerOf(id, content)
    },
    async read(id) {
      const found = await resources.resource(CLOUD, KIND, id)
      if (!found || found.createdAt + HOUR <= clock.now()) return message(404, 'Operation not found')
      return answerOf(id, { ...Content.parse(found.content), state: 'success' })
    },
  }
}
