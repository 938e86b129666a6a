/** Files in the age format, done by a worker that is loaded when it is first needed. Keys stay with whoever calls. */
import { startWorker } from '../start-worker.ts'
import { AgeError } from './age-error.ts'
import type { StanzaParts, Wrap } from './header.ts'
import type { FromWorker, ToWorker } from './messages.ts'
import workerUrl from './worker.ts?worker&url'
import writerUrl from './writer.ts?worker&url'

type Answer<Type extends FromWorker['type']> = Extract<FromWorker, { type: Type }>

/** Milliseconds that a worker has to let go by itself: one that waits for a disk that is gone would not. */
const STOP_TIMEOUT = 3000

interface WorkerCall {
  readonly signal?: AbortSignal | undefined
  readonly wrap?: Wrap
  readonly onProgress?: (done: number) => void
}

/**
 * Gives a worker one thing to do. Rejects with AgeError for what is wrong with the file, with what `wrap` threw, or with the
 * signal's reason, and in each case only after the worker has let go of the result.
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
  /** The name of the result to write. */
  readonly into: string
  readonly signal: AbortSignal
  /** Bytes of the file done so far, a few times a second. */
  readonly onProgress: (done: number) => void
}

/** Reads what a file was encrypted to. Throws AgeError for a file that is none, or that ends too soon. */
export async function inspectFile(file: File, signal?: AbortSignal): Promise<readonly StanzaParts[]> {
  return (await callWorker({ type: 'inspect', file }, 'inspected', { signal })).stanzas
}

/** The same with a second worker, which writes. */
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

/** Answers with the bytes of the result. */
export const encryptFile = ({ file, into, ...conversation }: Job, wrap: Wrap): Promise<number> =>
  askWithWriter((writer) => ({ type: 'encrypt', file, into, writer }), { ...conversation, wrap })

/**
 * Answers with the bytes of the result.
 * @param fileKey 16 bytes
 */
export const decryptFile = ({ file, into, ...conversation }: Job, fileKey: Uint8Array<ArrayBuffer>): Promise<number> =>
  askWithWriter((writer) => ({ type: 'decrypt', file, into, writer, fileKey }), conversation)
