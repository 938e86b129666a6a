/** Runs a bulk action, independent of the current page. */
import type { QueryClient } from '@tanstack/react-query'
import { type BulkProgress, runBulk } from '../../../clouds/bulk.ts'
import type { KmsKey } from '../../../clouds/model.ts'
import { queries, refreshKey } from '../../../clouds/queries.ts'
import type { Toaster } from '../../../ui/Toast.tsx'
import { formatResult } from './bulk-labels.ts'
import { runBulkAction } from './bulk-plan.ts'
import { type BulkJob, currentBulkState, setBulk } from './bulk-store.ts'

/** Milliseconds between two updates of the progress. */
const PROGRESS_INTERVAL = 100

let stop = new AbortController()

/** Starts no further requests; those under way end and are reported. */
export function cancelBulk(): void {
  const bulk = currentBulkState()
  if (bulk?.kind !== 'running') return
  stop.abort()
  setBulk({ ...bulk, stopping: true })
}

/** Refreshes each list that shows one of the keys, once. */
async function refreshAll(client: QueryClient, keys: readonly KmsKey[]) {
  const places = new Map(keys.map((key) => [`${key.cloud}/${key.location}`, key]))
  await Promise.all(places.values().map((key) => refreshKey(client, key)))
  for (const { cloud, replicas = [] } of keys)
    for (const location of replicas)
      if (!places.has(`${cloud}/${location}`))
        void client.invalidateQueries({ queryKey: queries.keys(cloud, location).queryKey, refetchType: 'none' })
}

export interface BulkContext {
  readonly client: QueryClient
  readonly toast: Toaster
}

const preventUnload = (event: BeforeUnloadEvent) => event.preventDefault()

/** Ends with a toast, or with a report where something failed or was not started. */
export async function startBulk({ client, toast }: BulkContext, job: BulkJob): Promise<void> {
  stop = new AbortController()
  setBulk({ kind: 'running', job, progress: { succeeded: 0, failed: 0 }, stopping: false, open: true })
  addEventListener('beforeunload', preventUnload)
  let progress: BulkProgress = { succeeded: 0, failed: 0 }
  const timer = setInterval(() => {
    const bulk = currentBulkState()
    if (bulk?.kind === 'running' && bulk.progress !== progress) setBulk({ ...bulk, progress })
  }, PROGRESS_INTERVAL)
  const result = await runBulk({
    keys: job.keys,
    run: (key) => runBulkAction(job.action, key, job.input),
    signal: stop.signal,
    onProgress: (latest) => {
      progress = latest
    },
  })
  clearInterval(timer)
  removeEventListener('beforeunload', preventUnload)
  const bulk = currentBulkState()
  if (result.failed.length + result.notStarted.length > 0)
    setBulk({ kind: 'ended', job, result, open: bulk?.kind === 'running' && bulk.open })
  else {
    setBulk(undefined)
    toast.success(`${formatResult(job, result)}.`)
  }
  await refreshAll(client, [...result.succeeded, ...result.failed.map(({ key }) => key)])
}
