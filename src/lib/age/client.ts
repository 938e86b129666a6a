/** Encrypts and decrypts age files in a worker that loads on first use. KMS keys stay with the caller. */
import { startWorker } from '../start-worker.ts'
import { AgeError } from './age-error.ts'
import type { StanzaParts, Wrap } from './header.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import workerUrl from './worker.ts?worker&url'
import writerUrl from './writer.ts?worker&url'

type Answer<Type extends FromWorker['type']> = Extract<FromWorker, { type: Type }>

/** Milliseconds for a worker to stop by itself; one that waits for a removed disk would not. */
const STOP_TIMEOUT = 3000

interface WorkerCall {
  readonly signal?: AbortSignal | undefined
  readonly wrap?: Wrap
  readonly onProgress?: (done: number) => void
}

/**
 * Runs one task in a worker. Rejects with AgeError for an error of the file, with the error that `wrap` threw, or with the
 * signal's reason, always after the worker has closed the result.
 */
function callWorker<Type extends FromWorker['type']>(
  task: ToWorker,
  ending: Type,
  { signal, wrap, onProgress }: WorkerCall,
  writer?: Worker,
): Promise<Answer<Type>> {
  signal?.throwIfAborted()
  const worker = startWorker(workerUrl)
  const { promise, resolve, reject } = Promise.withResolvers<Answer<Type>>()
  const tell = (message: ToWorker) => worker.postMessage(message)
  let reason: unknown
  const cancel = (why: unknown) => {
    reason = why
    tell({ type: 'cancel' })
    setTimeout(() => reject(why), STOP_TIMEOUT)
  }
  const isEnding = (message: FromWorker): message is Answer<Type> => message.type === ending
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (isEnding(data)) resolve(data)
    else if (data.type === 'progress') onProgress?.(data.done)
    else if (data.type === 'failed') reject(new AgeError(data.problem))
    else if (data.type === 'cancelled') reject(reason)
    else if (data.type === 'wrap') wrap?.(data.fileKey).then((stanza) => tell({ type: 'wrapped', stanza }), cancel)
  })
  for (const either of writer ? [worker, writer] : [worker]) {
    either.addEventListener('error', (event) => {
      event.preventDefault()
      reject(new AgeError({ kind: 'failed', message: event.message ?? '' }))
    })
  }
  const abort = () => cancel(signal?.reason)
  signal?.addEventListener('abort', abort)
  worker.postMessage(task, 'writer' in task ? [task.writer] : [])
  return promise.finally(() => {
    signal?.removeEventListener('abort', abort)
    worker.terminate()
  })
}

export interface Job {
  readonly file: File
  /** Name of the result to write. */
  readonly into: string
  readonly signal: AbortSignal
  /** Called a few times a second with the bytes of the file processed so far. */
  readonly onProgress: (done: number) => void
}

/** Reads the recipients of a file. Throws AgeError when it is no age file or is truncated. */
export async function inspectFile(file: File, signal?: AbortSignal): Promise<readonly StanzaParts[]> {
  return (await callWorker({ type: 'inspect', file }, 'inspected', { signal })).stanzas
}

/** Runs a task with a second worker that writes. */
async function askWithWriter(task: (writer: MessagePort) => ToWorker, conversation: WorkerCall): Promise<number> {
  const { port1, port2 } = new MessageChannel()
  const writer = startWorker(writerUrl)
  writer.postMessage(port1, [port1])
  try {
    return (await callWorker(task(port2), 'written', conversation, writer)).size
  } finally {
    writer.terminate()
  }
}

/** Resolves with the size of the result in bytes. */
export const encryptFile = ({ file, into, ...conversation }: Job, wrap: Wrap): Promise<number> =>
  askWithWriter((writer) => ({ type: 'encrypt', file, into, writer }), { ...conversation, wrap })

/**
 * Resolves with the size of the result in bytes.
 * @param fileKey 16 bytes
 */
export const decryptFile = ({ file, into, ...conversation }: Job, fileKey: Uint8Array<ArrayBuffer>): Promise<number> =>
  askWithWriter((writer) => ({ type: 'decrypt', file, into, writer, fileKey }), conversation)
