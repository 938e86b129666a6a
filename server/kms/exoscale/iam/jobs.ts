/** Operations of the provider: changes that may be pending when their request is answered. */
import { randomUUID } from 'node:crypto'
import * as z from 'zod'
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
   * Answer to a completed change; with the switch it is pending until it is read again.
   * @param remark what the caller should know about it
   */
  done(reference?: Reference, remark?: string): Promise<Answer>
  /** Reads an operation, which completes at the first read and is kept for an hour. */
  read(id: string): Promise<Answer>
}

const answerOf = (id: string, content: Content): Answer => answer({ id, ...content })

export async function openJobs({
  resources,
  clock,
  switches,
}: Pick<ProviderServices, 'resources' | 'clock'> & { switches: FaultSwitches }): Promise<Jobs> {
  const kept = (await resources.resources(CLOUD, KIND)).map(({ id, createdAt }) => ({ id, createdAt }))
  const isOver = (createdAt: number) => createdAt + HOUR <= clock.now()

  async function forget(): Promise<void> {
    while (kept[0] && isOver(kept[0].createdAt)) {
      const { id } = kept[0]
      kept.shift()
      await resources.removeResource(CLOUD, KIND, id)
    }
  }

  return {
    async done(reference, remark) {
      await forget()
      const id = randomUUID()
      const createdAt = clock.now()
      const content: Content = {
        state: switches.operations === 'pending' ? 'pending' : 'success',
        ...(reference ? { reference } : {}),
        ...(remark === undefined ? {} : { message: remark }),
      }
      await resources.putResource({ cloud: CLOUD, kind: KIND, id, createdAt, content })
      kept.push({ id, createdAt })
      return answerOf(id, content)
    },
    async read(id) {
      const found = await resources.resource(CLOUD, KIND, id)
      if (!found || isOver(found.createdAt)) return message(404, 'Operation not found')
      const content: Content = { ...Content.parse(found.content), state: 'success' }
      if (found.content.state !== content.state) await resources.putResource({ ...found, content })
      return answerOf(id, content)
    },
  }
}
