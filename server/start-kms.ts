/** The local KMS in the process of a test run: started, reset and stopped from JavaScript. */
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
  /** Initial content: an object in the form of a seed file, or the path of one. No keys without it. */
  readonly seed?: SeedInput | string
  /** 0 for any free port, which is the default. */
  readonly port?: number
  /** Address to listen on; `127.0.0.1` unless told otherwise. */
  readonly host?: string
  /** Folder that keeps the keys; `:memory:`, the default, keeps nothing. */
  readonly dataDir?: string
  /** Base64 of 32 bytes; made anew, or read from the data folder, unless given. */
  readonly rootKey?: string
  /** Whether there are `reset`, `snapshot`, `restore`, `faults` and `clock`; true unless told otherwise. */
  readonly test?: boolean
}

/** Rules in the form that `POST /_kms/faults` takes. */
export type FaultRule = (typeof Rules)['_zod']['input']['rules'][number]

export interface RunningKms extends AsyncDisposable {
  /** Base URL of all APIs. */
  readonly url: string
  /** Variables that the vendors' CLIs, SDKs and Terraform read. */
  readonly env: Readonly<ReturnType<typeof localVariables>>
  readonly credentials: LocalKms['credentials']
  /** Puts everything back to the seed, and ends all faults. */
  reset(): Promise<void>
  /** Keeps everything as it is, in memory; answers the id for `restore`. */
  snapshot(): Promise<string>
  /** Puts everything back to a snapshot. */
  restore(snapshot: string): Promise<void>
  /** Replaces the rules by which calls fail; without any, no call fails. */
  faults(rules: readonly FaultRule[]): Promise<void>
  readonly clock: {
    now(): Promise<Date>
    /** Moves the clock forward by whole days, carrying out each rotation and deletion that falls due. */
    forward(days: number): Promise<Date>
  }
  /** Closes the port and the store; what was in memory is gone. */
  stop(): Promise<void>
}

const Answer = z.object({ message: z.string(), id: z.string(), now: z.string() }).partial()

/** @throws Error with what the test API says of a request that it refuses */
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
 * @throws StartError or KmsStartError, with a message for people, for a port, data folder or seed that can't be used
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
    listening = await listen({ fetch: kms.fetch, ready: kms.ready, host, port, variable: 'port' })
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
