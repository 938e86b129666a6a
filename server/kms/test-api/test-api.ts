/** Test API at `/_kms/…`: reset, snapshots, faults and clock of the local KMS. */
import * as z from 'zod'
import { type HttpAnswer, type HttpRequest, jsonAnswer, pathOf } from '../../http/exchange.ts'
import { BusyError } from '../gate.ts'
import type { Serving } from '../serving.ts'
import { type Image, keysIn } from '../store/images.ts'
import { refusal } from './access.ts'
import { readJson } from './body.ts'
import { type Faults, noRules } from './faults/faults.ts'
import { Rules } from './faults/rules.ts'
import { InvalidRequest, problem } from './problem.ts'
import { createSnapshots } from './snapshots.ts'

const ROOT = '/_kms'

export const isTestPath = (path: string): boolean => path === ROOT || path.startsWith(`${ROOT}/`)

export const testApiIsOff = (): HttpAnswer =>
  problem(404, 'The test API is off. Start the local KMS with --test to turn it on.')

const SnapshotBody = z.strictObject({
  name: z
    .string({ error: 'must be a text' })
    .min(1, 'must not be empty')
    .max(100, 'must have at most 100 characters')
    .optional(),
})
const RestoreBody = z.strictObject({ snapshot: z.string({ error: 'must be the id of a snapshot' }) })

interface Endpoint {
  readonly method: string
  readonly path: string
  readonly does: string
  readonly run: (request: HttpRequest) => Promise<HttpAnswer>
}

export interface TestApi {
  answer(request: HttpRequest): Promise<HttpAnswer>
}

export function openTestApi(services: {
  serving: Serving
  faults: Faults
  /** Token that gives other machines access. */
  token: string | undefined
  /** Content after a reset. */
  start: Image
}): TestApi {
  const { serving, faults, token, start } = services
  const snapshots = createSnapshots()

  async function replace(image: Image): Promise<void> {
    // A held call belongs to the previous test: it must not reach the store of the next one.
    faults.breakOff()
    await serving.putImage(image)
  }

  const clock = (request: HttpRequest) =>
    serving.use(async ({ testClock }) => testClock?.answer(request) ?? problem(404, 'There is no test clock.'))

  const listFaults = async () => jsonAnswer(faults.list())

  const endpoints: readonly Endpoint[] = [
    {
      method: 'GET',
      path: ROOT,
      does: 'lists what there is',
      run: async () => jsonAnswer({ endpoints: endpoints.map(({ run, ...shown }) => shown) }),
    },
    {
      method: 'POST',
      path: `${ROOT}/reset`,
      does: 'puts everything back to the start, and ends all faults',
      async run() {
        await replace(start)
        faults.replace(noRules)
        return jsonAnswer({ keys: keysIn(start) })
      },
    },
    {
      method: 'POST',
      path: `${ROOT}/snapshot`,
      does: 'keeps everything as it is, under an id; {"name": "…"} is shown in the list',
      async run(request) {
        const { name } = await readJson(request, SnapshotBody)
        return snapshots.add(await serving.takeImage(), name)
      },
    },
    {
      method: 'GET',
      path: `${ROOT}/snapshot`,
      does: 'lists the snapshots',
      run: async () => jsonAnswer({ snapshots: snapshots.list() }),
    },
    {
      method: 'DELETE',
      path: `${ROOT}/snapshot`,
      does: 'removes all snapshots',
      async run() {
        snapshots.clear()
        return jsonAnswer({ snapshots: [] })
      },
    },
    {
      method: 'POST',
      path: `${ROOT}/restore`,
      does: 'puts everything back to a snapshot: {"snapshot": id}',
      async run(request) {
        const { snapshot } = await readJson(request, RestoreBody)
        const image = snapshots.image(snapshot)
        if (!image) return problem(404, `There is no snapshot of that id. GET ${ROOT}/snapshot lists them.`)
        await replace(image)
        return jsonAnswer({ snapshot, keys: keysIn(image) })
      },
    },
    { method: 'GET', path: `${ROOT}/clock`, does: 'says what time it is', run: clock },
    { method: 'POST', path: `${ROOT}/clock`, does: 'moves the clock forward: {"days": N}', run: clock },
    { method: 'GET', path: `${ROOT}/faults`, does: 'lists the rules and how often each was hit', run: listFaults },
    {
      method: 'POST',
      path: `${ROOT}/faults`,
      does: 'replaces the rules: {"rules": […]}',
      async run(request) {
        faults.replace(await readJson(request, Rules))
        return listFaults()
      },
    },
    {
      method: 'DELETE',
      path: `${ROOT}/faults`,
      does: 'ends all faults; calls that hang go on',
      async run() {
        faults.replace(noRules)
        return listFaults()
      },
    },
  ]

  async function run({ run: answer }: Endpoint, request: HttpRequest): Promise<HttpAnswer> {
    try {
      return await answer(request)
    } catch (error) {
      if (error instanceof InvalidRequest) return problem(400, error.message)
      if (error instanceof BusyError) return problem(503, `${error.message}. Nothing was changed.`)
      throw error
    }
  }

  return {
    async answer(request) {
      const refused = refusal(request, token)
      if (refused) return refused
      const asked = pathOf(request.target)
      const here = endpoints.filter(({ path }) => path === asked)
      const found = here.find(({ method }) => method === request.method)
      if (found) return run(found, request)
      if (here.length === 0) return problem(404, `There is no ${asked}. GET ${ROOT} lists what there is.`)
      const methods = here.map(({ method }) => method).join(', ')
      return problem(405, `${asked} takes ${methods}.`, { allow: methods })
    },
  }
}
