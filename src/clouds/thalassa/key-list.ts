import { startWorker } from '../../lib/start-worker.ts'
import type { Listed, Unreadable } from '../answer.ts'
import type { WorkerResult } from '../http.ts'
import type { KmsKey } from '../model.ts'
import type { FromWorker, ToWorker } from './key-list-messages.ts'
import workerUrl from './key-list-worker.ts?worker&url'

/** Array as long as the list, with only the kept members. */
const sampleOf = (first: readonly unknown[], count: number): readonly unknown[] =>
  Object.assign([...first], { length: count })

/**
 * Reads a list of many keys in a worker, so that the page stays responsive. Transfers the bytes to the worker.
 * @throws the signal's reason; Error if no worker is available
 */
export function readKeyList(task: ToWorker, signal: AbortSignal | undefined): Promise<WorkerResult<Listed<KmsKey>>> {
  signal?.throwIfAborted()
  const worker = startWorker(workerUrl)
  const { promise, resolve, reject } = Promise.withResolvers<WorkerResult<Listed<KmsKey>>>()
  const items: KmsKey[] = []
  const unreadable: Unreadable[] = []
  worker.addEventListener('message', ({ data }: MessageEvent<FromWorker>) => {
    if (data.type === 'keys') {
      items.push(...data.keys.items)
      unreadable.push(...data.keys.unreadable)
    } else if (data.type === 'broken') resolve({ problem: data.problem })
    else resolve({ data: { items, unreadable }, sample: sampleOf(data.first, data.count) })
  })
  worker.addEventListener('error', (event) => {
    event.preventDefault()
    reject(new Error('The worker that reads long lists ended.'))
  })
  const abort = () => reject(signal?.reason)
  signal?.addEventListener('abort', abort)
  worker.postMessage(task, [task.bytes])
  return promise.finally(() => {
    signal?.removeEventListener('abort', abort)
    worker.terminate()
  })
}
