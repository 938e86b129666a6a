import { describe, expect, onTestFinished, test } from 'vitest'
import { connectExoscale } from '../gateway/exoscale/connection.ts'
import { network, thalassaAt } from '../gateway/testing/connections.ts'
import { json, type Responder, startGateway, startUpstream } from '../gateway/testing/servers.ts'
import { openMeter } from './meter.ts'
import { listenOps, type OpsOptions } from './ops.ts'

const HOUR = 3_600_000
const now = Date.parse('2026-12-01T00:00:00Z')
const at = (hours: number) => new Date(now + hours * HOUR).toISOString()

async function startOps(options: Partial<OpsOptions>) {
  const { url, close } = await listenOps({
    host: '127.0.0.1',
    port: 0,
    meter: openMeter(),
    connections: [],
    ready: async () => true,
    warnings: () => [],
    now: () => now,
    ...options,
  })
  onTestFinished(close)
  return { url, scrape: async () => (await fetch(`${url}/metrics`)).text() }
}

/** Cloud of the first kind, with a list of keys for each path. */
const thalassaKeys =
  (keys: readonly object[]): Responder =>
  (seen, response) =>
    json(
      seen.url.endsWith('/summary')
        ? {
            featureEnabled: true,
            regions: [
              { slug: 'nl-01', kmsAvailable: true },
              { slug: 'de-01', kmsAvailable: false },
            ],
          }
        : keys,
    )(seen, response)

test('every line is that of the text format, and each metric has one type', async () => {
  const { url, scrape } = await startOps({ approvalsWaiting: async () => 2 })
  const answer = await fetch(`${url}/metrics`)
  expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  const text = await scrape()
  const line =
    /^(# HELP \w+ .+|# TYPE \w+ (counter|gauge|histogram|summary)|\w+(\{(\w+="(\\.|[^"\\\n])*",?)*\})? (-?[\d.e+-]+|[+-]Inf|NaN|Nan))$/
  expect(text.split('\n').filter((one) => one !== '' && !line.test(one))).toEqual([])
  const types = [...text.matchAll(/^# TYPE (\w+)/gm)].map(([, name]) => name)
  expect(new Set(types).size).toBe(types.length)
  expect(text).toContain('kms_console_approvals_waiting 2\n')
  expect(text).toContain('kms_console_info{version="')
  expect(text).toMatch(/^process_resident_memory_bytes \d/m)
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds \d/m)
})

test('the port has health and metrics, and nothing else', async () => {
  const { url } = await startOps({ ready: async () => false })
  const statusOf = async (path: string, method = 'GET') => (await fetch(url + path, { method })).status
  expect(await statusOf('/healthz')).toBe(200)
  expect(await statusOf('/readyz')).toBe(503)
  expect(await statusOf('/api/session')).toBe(404)
  expect(await statusOf('/metrics', 'POST')).toBe(405)
  expect(await (await fetch(`${url}/metrics`)).text()).toContain('kms_console_ready 0\n')
})

test('a database that does not answer delays no scrape without end', async () => {
  const silent = () => new Promise<never>(() => undefined)
  const text = await (await startOps({ ready: silent, approvalsWaiting: silent })).scrape()
  expect(text).toContain('kms_console_ready 0\n')
  expect(text).not.toContain('kms_console_approvals_waiting')
})

test('requests are counted by the pattern of their path, and failures by cloud and kind', async () => {
  const meter = openMeter()
  const replies: readonly Responder[] = [
    json([]),
    json({}, 503),
    json({}, 429),
    (_, response) => void response.end('no json'),
  ]
  let sent = 0
  const upstream = await startUpstream((seen, response) => replies[sent++]?.(seen, response))
  const url = await startGateway({ meter, connections: [thalassaAt(upstream.url)] })
  for (const _ of replies) await (await fetch(`${url}/api/thalassa/v1/kms/nl-01/keys/kms-secret-id`)).arrayBuffer()
  const unknown = ['/api/thalassa/etc/passwd', '/api/other/x', '/api/session', '/assets/a.js', '/keys?code=secret']
  for (const path of unknown) await (await fetch(url + path)).arrayBuffer()
  const text = await (await startOps({ meter })).scrape()
  const key = 'method="GET",route="/api/thalassa/v1/kms/:location/keys/:key"'
  for (const line of [
    `kms_console_requests_total{${key},code="2xx"} 1`,
    `kms_console_requests_total{${key},code="5xx"} 2`,
    `kms_console_requests_total{${key},code="4xx"} 1`,
    'kms_console_requests_total{method="GET",route="/api/thalassa/*",code="4xx"} 1',
    'kms_console_requests_total{method="GET",route="/api/*",code="4xx"} 1',
    'kms_console_requests_total{method="GET",route="/api/session",code="2xx"} 1',
    'kms_console_requests_total{method="GET",route="/assets/*",code="4xx"} 1',
    'kms_console_requests_total{method="GET",route="/*",code="4xx"} 1',
    `kms_console_request_duration_seconds_bucket{${key},le="+Inf"} 4`,
    `kms_console_request_duration_seconds_count{${key}} 4`,
    'kms_console_upstream_failures_total{cloud="thalassa",kind="5xx"} 1',
    'kms_console_upstream_failures_total{cloud="thalassa",kind="429"} 1',
    'kms_console_upstream_failures_total{cloud="thalassa",kind="not-json"} 1',
  ])
    expect(text).toContain(`${line}\n`)
  expect(text).not.toMatch(/kms-secret-id|passwd|code=secret/)
})

describe('keys of the clouds', () => {
  test('by status, with overdue rotations and pending deletions', async () => {
    const rotating = { keyRotationEnabled: true, rotationPeriodInDays: 1, createdAt: at(-20), status: 'active' }
    const keys = [
      rotating,
      { ...rotating, createdAt: at(-26) },
      { ...rotating, createdAt: at(-24.5) },
      { ...rotating, createdAt: at(-100), latestVersion: 2, versions: [{ version: 2, createdAt: at(-23) }] },
      { ...rotating, createdAt: at(-100), status: 'disabled', keyRotationEnabled: false },
      { ...rotating, createdAt: at(-100), status: 'pending_deletion', deletionScheduledAt: at(2) },
    ]
    const upstream = await startUpstream(thalassaKeys(keys))
    const { scrape } = await startOps({ connections: [thalassaAt(upstream.url)] })
    const text = await scrape()
    const place = 'cloud="thalassa",location="nl-01"'
    for (const line of [
      `kms_console_keys{${place},status="active"} 4`,
      `kms_console_keys{${place},status="disabled"} 1`,
      `kms_console_keys{${place},status="pending_deletion"} 1`,
      `kms_console_overdue_keys{${place}} 1`,
      `kms_console_next_rotation_seconds{${place}} -1800`,
      `kms_console_pending_deletions{${place}} 1`,
      `kms_console_next_deletion_seconds{${place}} 7200`,
      `kms_console_keys_age_seconds{${place}} 0`,
      'kms_console_key_reads_failed_total{cloud="thalassa"} 0',
    ])
      expect(text).toContain(`${line}\n`)
  })

  test('of replicas, the status alone', async () => {
    const key = {
      status: 'enabled',
      'origin-zone': 'ch-gva-2',
      rotation: { automatic: true, 'next-at': at(1) },
      'delete-at': at(1),
    }
    const upstream = await startUpstream(
      json({
        'kms-keys': [key, { ...key, 'key-spec': 'ECC_NIST_P256' }, { ...key, status: 'pending-deletion' }],
      }),
    )
    const endpoint = `${upstream.url}/v2`
    const connection = connectExoscale({
      upstream: network,
      mode: 'live',
      endpoint,
      displayedEndpoint: () => endpoint,
      key: 'EXOkey',
      secret: 'never-shown',
    })
    const text = await (await startOps({ connections: [connection] })).scrape()
    const origin = 'cloud="exoscale",location="ch-gva-2"'
    const replica = 'cloud="exoscale",location="de-fra-1"'
    for (const line of [
      `kms_console_keys{${replica},status="enabled"} 2`,
      `kms_console_next_rotation_seconds{${origin}} 3600`,
      `kms_console_pending_deletions{${origin}} 1`,
      `kms_console_pending_deletions{${replica}} 0`,
    ])
      expect(text).toContain(`${line}\n`)
    expect(text).not.toContain(`kms_console_next_rotation_seconds{${replica}}`)
  })

  test('are read at most once a minute; a failed read is counted, and keeps what was known', async () => {
    let time = now
    let isDown = false
    const answer = thalassaKeys([{ status: 'active' }])
    const upstream = await startUpstream((seen, response) => (isDown ? json({}, 500) : answer)(seen, response))
    const { scrape } = await startOps({ connections: [thalassaAt(upstream.url)], now: () => time })
    await Promise.all([scrape(), scrape()])
    await scrape()
    expect(upstream.seen).toHaveLength(2)
    time += 60_000
    isDown = true
    const text = await scrape()
    expect(upstream.seen).toHaveLength(3)
    const place = 'cloud="thalassa",location="nl-01"'
    expect(text).toContain(`kms_console_keys{${place},status="active"} 1\n`)
    expect(text).toContain(`kms_console_keys_age_seconds{${place}} 60\n`)
    expect(text).toContain('kms_console_key_reads_failed_total{cloud="thalassa"} 1\n')
  })

  test('a list that is too long to read beside other requests counts as failed', async () => {
    const keys = Array.from({ length: 17 }, () => ({ status: 'active', description: 'x'.repeat(1 << 20) }))
    const upstream = await startUpstream(thalassaKeys(keys))
    const text = await (await startOps({ connections: [thalassaAt(upstream.url)] })).scrape()
    expect(text).toContain('kms_console_key_reads_failed_total{cloud="thalassa"} 1\n')
    expect(text).not.toMatch(/^kms_console_keys\{/m)
  })

  test('a cloud can’t add labels without end', async () => {
    const keys = Array.from({ length: 100 }, (_, at) => ({ status: `status "${at}"\n` }))
    const upstream = await startUpstream(thalassaKeys(keys))
    const text = await (await startOps({ connections: [thalassaAt(upstream.url)] })).scrape()
    expect(text.match(/^kms_console_keys\{/gm)).toHaveLength(11)
    expect(text).toContain('status="status \\"0\\"\\n"} 1\n')
    expect(text).toContain('status="other"} 90\n')
  })
})
