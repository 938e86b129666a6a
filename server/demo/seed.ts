/** Fills a data folder with the demonstration's history, through the local KMS's APIs with a moving clock. */
import * as z from 'zod'
import { type LocalKms, openKms } from '../kms/kms.ts'
import { createLogger } from '../log.ts'
import type { ApiRequest, DemoProvider, HistoryStep } from './key-history.ts'
import { providers } from './registry.ts'

export interface SeedOptions {
  readonly dataDir: string
  /** End of the history; milliseconds since the epoch. */
  readonly now: number
}

interface Step extends HistoryStep {
  readonly provider: DemoProvider
}

/** Steps of all providers in order of time, none later than `now` (milliseconds since the epoch). */
export const history = (now: number): readonly Step[] => {
  // Ends differ, so that keys are not created in the same minute.
  const endOf = (index: number) => now - (1 + ((index * 7) % 19)) * 1_000_000
  const steps = providers.flatMap((provider) => provider.steps(endOf).map((step) => ({ ...step, provider })))
  return steps.sort((a, b) => a.at - b.at)
}

/** Id in the answer to a creation. */
const Created = z.union([
  // Creating a role returns an operation.
  z.object({ reference: z.object({ id: z.string() }) }).transform(({ reference }) => reference.id),
  z.object({ identity: z.string() }).transform(({ identity }) => identity),
  z.object({ id: z.string() }).transform(({ id }) => id),
])

const send = async (kms: LocalKms, step: Step, { method, path, body }: ApiRequest, id: string): Promise<unknown> => {
  const url = new URL(path.replace('{id}', id), 'http://kms.local')
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body).replaceAll('{id}', id))
  const headers = {
    ...(bytes.length > 0 && { 'content-type': 'application/json' }),
    ...step.provider.headers(kms.credentials, { method, url, body: bytes }, step.at),
  }
  const answer = await kms.fetch(new Request(url, { method, headers, ...(bytes.length > 0 && { body: bytes }) }))
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} for ${step.resource}: ${answer.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/**
 * The APIs have their default revisions, in which every key can be created, whichever the folder is opened with later.
 * @throws Error if the local KMS refuses a step, which is an error in the history
 */
export const seedDemo = async ({ now, dataDir }: SeedOptions): Promise<void> => {
  let at = now
  const log = createLogger('silent')
  const ids = new Map(providers.flatMap(({ knownIds }) => [...knownIds]))
  let kms: LocalKms | undefined
  for (const step of history(now)) {
    at = step.at
    kms ??= await openKms({ dataDir, clock: { now: () => at }, log, address: () => undefined })
    if (step.requests.length === 0) await kms.runDueJobs()
    for (const request of step.requests) {
      const answer = await send(kms, step, request, ids.get(step.resource) ?? '')
      if (!ids.has(step.resource)) ids.set(step.resource, Created.parse(answer))
    }
  }
  await kms?.close()
}
