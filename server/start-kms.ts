/** Local KMS in a test's process: started, reset and stopped from JavaScript. */
import * as z from 'zod'
import { localVariables } from './gateway/registry.ts'
import { IN_MEMORY } from './kms/engine/store.ts'
import { type LocalKms, openKms } from './kms/kms.ts'
import { type StartOptions, startOptionsOf } from './kms/registry.ts'
import type { SeedInput } from './kms/seed/schema.ts'
import type { Rules } from './kms/test-api/faults/rules.ts'
import { type Listening, listen } from './listen.ts'
import { createLogger } from './log.ts'

export interface StartKmsOptions extends StartOptions {
  /** Initial content: an object in the format of a seed file, or the path of one. Default: no keys. */
  readonly seed?: SeedInput | string
  /** Default 0: any free port. */
  readonly port?: number
  /** Address to listen on; default `127.0.0.1`. */
  readonly host?: string
  /** Folder that stores the keys; default `:memory:`, which stores nothing. */
  readonly dataDir?: string
  /** Base64 of 32 bytes; default: from the data folder, else random. */
  readonly rootKey?: string
  /** Whether `reset`, `snapshot`, `restore`, `faults` and `clock` are available; default true. */
  readonly test?: boolean
}

/** Rules in the format of `POST /_kms/faults`. */
export type FaultRule = (typeof Rules)['_zod']['input']['rules'][number]

export interface RunningKms extends AsyncDisposable {
  /** Base URL of all APIs. */
  readonly url: string
  /** Variables for the vendors' CLIs, SDKs and Terraform. */
  readonly env: Readonly<ReturnType<typeof localVariables>>
  readonly credentials: LocalKms['credentials']
  /** Resets everything to the seed, and ends all faults. */
  reset(): Promise<void>
  /** Saves the content in memory; returns the id for `restore`. */
  snapshot(): Promise<string>
  /** Resets everything to a snapshot. */
  restore(snapshot: string): Promise<void>
  /** Replaces the fault rules; without any, no call fails. */
  faults(rules: readonly FaultRule[]): Promise<void>
  readonly clock: {
    now(): Promise<Date>
    /** Moves the clock forward by whole days, and runs each rotation and deletion that becomes due. */
    forward(days: number): Promise<Date>
  }
  /** Closes the port and the store; discards content in memory. */
  stop(): Promise<void>
}

const Answer = z.object({ message: z.string(), id: z.string(), now: z.string() }).partial()

/** @throws Error with the test API's message for a refused request */
const callTestApi = async (kms: LocalKms, method: string, path: string, body?: object) => {
  const request = new Request(`http://127.0.0.1/_kms/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  })
  const response = await kms.fetch(request)
  const answer = Answer.parse(await response.json())
  if (!response.ok) throw new Error(answer.message)
  return answer
}

/**
 * Starts a local KMS in this process.
 * @throws StartError or KmsStartError, with a message for the user, for an unusable port, data folder or seed
 */
export async function startKms(options: StartKmsOptions = {}): Promise<RunningKms> {
  const { seed, port = 0, host = '127.0.0.1', dataDir = IN_MEMORY, rootKey } = options
  const seedOf = async (content: SeedInput) => (await import('./kms/seed/read.ts')).seedOf(content)
  let listening: Listening | undefined
  let kms: LocalKms | undefined
  try {
    kms = await openKms({
      dataDir,
      rootKey,
      ...startOptionsOf(options),
      test: options.test === false ? undefined : {},
      ...(typeof seed === 'string' ? { seedFile: seed } : seed && { seed: await seedOf(seed) }),
      log: createLogger('warn'),
      address: () => listening?.url,
    })
    listening = await listen({ answer: kms.answer, ready: kms.ready, host, port, variable: 'port' })
  } catch (error) {
    await kms?.close()
    throw error
  }
  const open = kms
  const { url, close } = listening
  let stopped: Promise<void> | undefined
  const stop = () => {
    stopped ??= close().then(() => open.close())
    return stopped
  }
  const timeIn = ({ now = '' }: z.infer<typeof Answer>) => new Date(now)
  return {
    url,
    env: localVariables(url, open.credentials),
    credentials: open.credentials,
    reset: async () => void (await callTestApi(open, 'POST', 'reset')),
    snapshot: async () => (await callTestApi(open, 'POST', 'snapshot')).id ?? '',
    restore: async (snapshot) => void (await callTestApi(open, 'POST', 'restore', { snapshot })),
    faults: async (rules) => void (await callTestApi(open, 'POST', 'faults', { rules })),
    clock: {
      now: async () => timeIn(await callTestApi(open, 'GET', 'clock')),
      forward: async (days) => timeIn(await callTestApi(open, 'POST', 'clock', { days })),
    },
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
