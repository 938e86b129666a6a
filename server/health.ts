/** `/healthz` and `/readyz`: whether a supervisor should restart the server, and whether requests should go to it. */
import { version } from './version.ts'

const PATHS: ReadonlySet<string> = new Set(['/healthz', '/readyz'])

/** Deadline of the store's answer in milliseconds. */
const PATIENCE = 1000

const within = async (patience: number, question: () => Promise<boolean>): Promise<boolean> => {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patience)
  })
  try {
    return await Promise.race([question(), late])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

const answer = (method: string, status: 'ok' | 'stopping' | 'store unavailable', warnings: readonly string[] = []) =>
  new Response(
    method === 'HEAD' ? null : JSON.stringify({ status, version, ...(warnings.length > 0 && { warnings }) }),
    {
      status: status === 'ok' ? 200 : 503,
      headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    },
  )

export interface Health {
  /** Whether the store answers. Providers are not asked, because one that is down affects no other. */
  readonly ready: () => Promise<boolean>
  /** Problems that need attention although the server is ready, as sentences. */
  readonly warnings?: () => readonly string[]
  readonly stopping: AbortSignal
}

/** Answers the two paths, for any host and without credentials; undefined for other paths. */
export const answerHealth = async (
  method: string,
  target: string,
  { ready, warnings, stopping }: Health,
): Promise<Response | undefined> => {
  const [path = ''] = target.split('?')
  if (!PATHS.has(path)) return undefined
  if (method !== 'GET' && method !== 'HEAD') return new Response(null, { status: 405, headers: { allow: 'GET, HEAD' } })
  if (path === '/healthz') return answer(method, 'ok')
  if (stopping.aborted) return answer(method, 'stopping')
  return (await within(PATIENCE, ready)) ? answer(method, 'ok', warnings?.()) : answer(method, 'store unavailable')
}
