/** Local KMS that fails on request, as the provider behind a console. */
import { exportsOf, type Started, startFresh } from './server.ts'

/** `*` stands for anything without a slash, `**` for anything. With a question mark it is compared with the query too. */
type Path = string | readonly string[]

export interface Fault {
  readonly method: string
  readonly path: Path
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: string
  /** How many calls it answers before it is over; every one when left out. */
  readonly times?: number
}

export interface Upstream {
  readonly url: string
  /** The variables that `kms` prints. */
  readonly credentials: Record<string, string>
  /** From now on, calls that match are answered with the fault; a call takes the newest that fits. */
  readonly answerWith: (fault: Fault) => Promise<void>
  /** From now on, calls that match get no answer, until `heal` lets them go on. */
  readonly hang: (path: Path) => Promise<void>
  /** From now on, the connection of calls that match is reset, and none is carried out. */
  readonly goDown: (path: Path) => Promise<void>
  /** From now on, calls that match are carried out, and the connection is reset in place of their answer. */
  readonly loseAnswer: (method: string, path: Path) => Promise<void>
  /** From now on, calls that match are carried out, and their answer ends in the middle. */
  readonly cutAnswer: (method: string, path: Path) => Promise<void>
  readonly heal: () => Promise<void>
  /** Back to the start: without keys, API keys and roles of a test, and without faults. */
  readonly reset: () => Promise<void>
  readonly stop: Started['stop']
}

/** @param environment of the local KMS */
export async function startUpstream(environment: Record<string, string> = {}): Promise<Upstream> {
  const kms = await startFresh('kms', environment, 0, ['--test'])
  let rules: readonly object[] = []

  async function call(method: string, path: string, body?: object): Promise<void> {
    const init = { method, ...(body && { body: JSON.stringify(body) }) }
    const reply = await fetch(`${kms.url}/_kms/${path}`, init)
    if (!reply.ok) throw new Error(`${method} /_kms/${path} answered ${reply.status}: ${await reply.text()}`)
  }

  async function add(path: Path, rule: object): Promise<void> {
    rules = [...[path].flat().map((one) => ({ ...rule, path: one })), ...rules]
    await call('POST', 'faults', { rules })
  }

  return {
    url: kms.url,
    credentials: exportsOf(kms.output()),
    answerWith: ({ path, times, ...fault }) => add(path, { ...fault, ...(times !== undefined && { count: times }) }),
    hang: (path) => add(path, { hang: true }),
    goDown: (path) => add(path, { reset: 'before' }),
    loseAnswer: (method, path) => add(path, { method, reset: 'after' }),
    cutAnswer: (method, path) => add(path, { method, cutBody: { fraction: 0.5 } }),
    async heal() {
      rules = []
      await call('DELETE', 'faults')
    },
    async reset() {
      rules = []
      await call('POST', 'reset')
    },
    stop: kms.stop,
  }
}
