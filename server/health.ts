/** `/healthz` and `/readyz`: whether a supervisor should restart the server, and whether requests should go to it. */
import { type HttpAnswer, jsonAnswer, pathOf } from './http/exchange.ts'
import { version } from './version.ts'

const PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** Deadline of the store's answer in milliseconds. */
const PATIENCE = 1000

/** Answer of a store, or `otherwise` if it fails or does not answer within a second. */
export const inTime = async <T>(question: () => Promise<T>, otherwise: T): Promise<T> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), PATIENCE)
  })
  try {
    return await Promise.race([question(), late])
  } catch {
    return otherwise
  } finally {
    clearTimeout(timer)
  }
}

const answer = (status: 'ok' | 'stopping' | 'store unavailable', warnings: readonly string[] = []): HttpAnswer =>
  jsonAnswer({ status, version, ...(warnings.length > 0 && { warnings }) }, status === 'ok' ? 200 : 503, {
    'cache-control': 'no-store',
  })

export interface Health {
  /** Whether the store answers. Providers are not asked, because one that is down affects no other. */
  readonly ready: () => Promise<boolean>
  /** Problems that need attention although the server is ready, as sentences. */
  readonly warnings?: () => readonly string[]
  readonly stopping: AbortSignal
}

export const isHealth = (target: string): boolean => PATHS.has(pathOf(target))

/** Answers the two paths, for any host and without credentials. */
export const answerHealth = async (
  method: string,
  target: string,
  { ready, warnings, stopping }: Health,
): Promise<HttpAnswer> => {
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, headers: { allow: 'GET, HEAD' } }
  if (pathOf(target) === '/healthz') return answer('ok')
  if (stopping.aborted) return answer('stopping')
  return (await inTime(ready, false)) ? answer('ok', warnings?.()) : answer('store unavailable')
}
