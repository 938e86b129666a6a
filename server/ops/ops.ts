/** Port for the operation of a console: health, and metrics for Prometheus. Loaded only where it is set. */
import { collectDefaultMetrics, Registry } from 'prom-client'
import type { Connection } from '../gateway/connection.ts'
import { defaultTimeout } from '../gateway/upstream.ts'
import { type Health, inTime } from '../health.ts'
import { type HttpAnswer, type HttpRequest, pathOf } from '../http/exchange.ts'
import { type Listening, listen } from '../listen.ts'
import { version } from '../version.ts'
import { type Metric, textOf } from './exposition.ts'
import { openKeyMetrics } from './key-metrics.ts'
import type { openMeter } from './meter.ts'

export interface OpsOptions extends Required<Pick<Health, 'ready' | 'warnings'>> {
  readonly host: string
  readonly port: number
  readonly meter: ReturnType<typeof openMeter>
  readonly connections: readonly Connection[]
  /** Number of requests for approval that wait; absent where nobody signs in. */
  readonly approvalsWaiting?: (() => Promise<number>) | undefined
  /** Milliseconds since the epoch. */
  readonly now?: () => number
}

const TYPE = 'text/plain; version=0.0.4; charset=utf-8'

const gauge = (name: string, help: string, value: number, labels: Readonly<Record<string, string>> = {}): Metric => ({
  name,
  help,
  type: 'gauge',
  samples: [{ labels, value }],
})

/** @throws StartError for a port that can't be used */
export async function listenOps(options: OpsOptions): Promise<Listening> {
  const { meter, connections, approvalsWaiting, ready, warnings, now = Date.now } = options
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const keyMetrics = openKeyMetrics({ connections, timeout: defaultTimeout, agent: `kms-console/${version}`, now })

  /** Without a value while the records can't be read: `kms_console_ready` tells that. */
  async function readApprovals(): Promise<readonly Metric[]> {
    const waiting = approvalsWaiting && (await inTime<number | undefined>(approvalsWaiting, undefined))
    if (waiting === undefined) return []
    return [gauge('kms_console_approvals_waiting', 'Requests for approval that wait for a decision', waiting)]
  }

  async function metrics(): Promise<string> {
    const [isReady, approvals, keys, ofProcess] = await Promise.all([
      inTime(ready, false),
      readApprovals(),
      keyMetrics(),
      registry.metrics(),
    ])
    const own = [
      gauge('kms_console_info', 'Version of the console', 1, { version }),
      gauge('kms_console_ready', '1 while the stores answer', isReady ? 1 : 0),
      gauge('kms_console_warnings', 'Warnings that /readyz tells', warnings().length),
      ...meter.metrics(),
      ...approvals,
      ...keys,
    ]
    return own.map(textOf).join('') + ofProcess
  }

  async function answer({ method, target }: HttpRequest): Promise<HttpAnswer> {
    if (pathOf(target) !== '/metrics') return { status: 404, headers: {} }
    if (method !== 'GET') return { status: 405, headers: { allow: 'GET' } }
    return { status: 200, headers: { 'content-type': TYPE, 'cache-control': 'no-store' }, body: await metrics() }
  }

  const { host, port } = options
  return listen({ answer, ready, warnings, host, port, variable: 'OPS_PORT', hostVariable: 'OPS_HOST' })
}
