/**
 * Mixed load on a console with a local KMS at 0.8 of the maximum that is measured first: errors, times and memory from
 * start to end. `node bench/soak.ts [MINUTES]`, default 30; needs a build.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, openClient, openGatewayClient } from './client.ts'
import { type Figure, report } from './report/figures.ts'
import { startServer, stopServer } from './server.ts'
import { inspectable, type Memory, openMemory } from './soak/memory.ts'
import { type Operation, openMix } from './soak/mix.ts'

/** Calls at the same time while the maximum is measured. */
const CALLERS = 16
/** Milliseconds of warming up, of measuring the maximum, and of rest before memory is measured. */
const [WARM, MEASURE, REST] = [5_000, 10_000, 3_000]
/** Share of the maximum. */
const SHARE = 0.8
/** Every so many calls go through the gateway. */
const THROUGH_GATEWAY = 4
/** Calls that wait for their answers, beyond which the run ends: the server has fallen behind for good. */
const MOST_WAITING = 20_000

/** Milliseconds after the last call within which all have their answers. */
const LONGEST_ANSWER = 60_000

const minutes = process.argv[2] === undefined ? 30 : Number(process.argv[2])

const say = (text: string) => void process.stderr.write(`${text}\n`)

/** Chooses operations by their weights, and every fourth call goes through the gateway. */
function chooser(mix: readonly Operation[], direct: Client, gateway: Client) {
  const bag = mix.flatMap((operation) => Array.from({ length: operation.weight }, () => operation))
  let nth = 0
  return (): { readonly operation: Operation; readonly client: Client } => {
    nth += 1
    const operation = bag[Math.floor(Math.random() * bag.length)]
    if (!operation) throw new Error('an empty mix')
    return { operation, client: nth % THROUGH_GATEWAY === 0 ? gateway : direct }
  }
}

type Choose = ReturnType<typeof chooser>

/** Sends the next call; returns the reason of a failure. */
async function call(choose: Choose): Promise<{ readonly name: string; readonly failure?: string }> {
  const { operation, client } = choose()
  const { name } = operation
  try {
    const { status, body } = await operation.send(client)
    return status < 300 ? { name } : { name, failure: `${status} ${body.toString().slice(0, 200)}` }
  } catch (error) {
    return { name, failure: String(error) }
  }
}

/** Calls per second of so many callers who each wait for their answer. */
async function maximum(choose: Choose, span: number): Promise<number> {
  const end = performance.now() + span
  let count = 0
  const caller = async () => {
    while (performance.now() < end) {
      const { name, failure } = await call(choose)
      if (failure !== undefined) throw new Error(`${name}: ${failure}`)
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CALLERS }, caller))
  return (count * 1000) / span
}

interface Tally {
  /** Milliseconds from the time at which a call was due, by operation, of each third. */
  readonly thirds: readonly Map<string, number[]>[]
  readonly failures: Map<string, number>
  sent: number
}

/** Sends calls at a fixed rate, whether or not earlier ones are answered. */
async function hold(choose: Choose, rate: number, span: number): Promise<Tally> {
  const tally: Tally = { thirds: [new Map(), new Map(), new Map()], failures: new Map(), sent: 0 }
  const began = performance.now()
  let waiting = 0
  const one = async (due: number) => {
    waiting += 1
    const { name, failure } = await call(choose)
    waiting -= 1
    const third = tally.thirds[Math.min(2, Math.floor((3 * (due - began)) / span))]
    const times = third?.get(name) ?? []
    third?.set(name, times)
    times.push(performance.now() - due)
    if (failure === undefined) return
    const text = `${name}: ${failure}`
    tally.failures.set(text, (tally.failures.get(text) ?? 0) + 1)
  }
  for (;;) {
    const now = performance.now()
    const due = Math.min(span, now - began) * (rate / 1000)
    for (; tally.sent < due; tally.sent++) void one(began + (tally.sent * 1000) / rate)
    if (now - began >= span) break
    if (waiting > MOST_WAITING) throw new Error(`${waiting} calls wait for answers: the server has fallen behind`)
    await pause(1)
  }
  const end = performance.now() + LONGEST_ANSWER
  for (; waiting > 0; await pause(10))
    if (performance.now() > end)
      throw new Error(`${waiting} calls have had no answer for ${LONGEST_ANSWER / 1000} seconds`)
  return tally
}

/** Value below which a share of the times is; NaN without times. */
function quantile(times: readonly number[], share: number): number {
  const sorted = Float64Array.from(times).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function tell({ thirds, failures, sent }: Tally): void {
  say(`${sent.toLocaleString('en')} calls, ${failures.values().reduce((sum, one) => sum + one, 0)} failures`)
  for (const [text, count] of failures) say(`  ${count} × ${text}`)
  say('p50 and p99 of the first and the last third in milliseconds')
  const [first, , last] = thirds
  for (const name of first?.keys() ?? []) {
    const of = (third: Map<string, number[]> | undefined, share: number) =>
      quantile(third?.get(name) ?? [], share)
        .toFixed(1)
        .padStart(7)
    say(`  ${name.padEnd(40)}${of(first, 0.5)}${of(last, 0.5)}${of(first, 0.99)}${of(last, 0.99)}`)
  }
}

/** Work, and the memory at rest before and after it. */
async function measured<T>(memory: { measure(): Promise<Memory> }, work: () => Promise<T>) {
  await pause(REST)
  const before = await memory.measure()
  const tally = await work()
  await pause(REST)
  return { before, tally, after: await memory.measure() }
}

async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kms-bench-'))
  const server = await startServer('console', folder, {}, [inspectable])
  const [direct, gateway] = [openClient(server), openGatewayClient(server)]
  try {
    const choose = chooser(await openMix(direct), direct, gateway)
    await maximum(choose, WARM)
    const most = await maximum(choose, MEASURE)
    say(`Mixed load: ${most.toFixed(0)} calls per second at most, ${(most * SHARE).toFixed(0)} for ${minutes} minutes`)
    const memory = await openMemory(server.child)
    // A server that is inspected does not end.
    const { before, tally, after } = await measured(memory, () => hold(choose, most * SHARE, minutes * 60_000)).finally(
      memory.close,
    )
    tell(tally)

    const [first = [], last = []] = [tally.thirds[0], tally.thirds[2]].map((third) =>
      [...(third?.values() ?? [])].flat(),
    )
    const failures = tally.failures.values().reduce((sum, one) => sum + one, 0)
    const beside = (
      name: string,
      unit: Figure['unit'],
      [figure, floor]: readonly [number, number],
      atMost: number,
    ) => ({
      ...{ name: `mixed load: ${name}`, unit, rounds: [{ figure, floor }], goal: { atMost } },
      floor: unit === 'ms' ? 'first third' : 'before',
    })
    await report([
      { name: 'mixed load: calls', unit: 'requests', rounds: [{ figure: tally.sent }] },
      { name: 'mixed load: rate', unit: '/s', rounds: [{ figure: most * SHARE }] },
      { name: 'mixed load: failures', unit: 'requests', rounds: [{ figure: failures }], goal: { atMost: 0 } },
      beside('p50 of the last third', 'ms', [quantile(last, 0.5), quantile(first, 0.5)], 1.5),
      beside('p99 of the last third', 'ms', [quantile(last, 0.99), quantile(first, 0.99)], 1.5),
      beside('objects in memory afterwards', 'MB', [after.heap, before.heap], 1.1),
      beside('process in memory afterwards', 'MB', [after.resident, before.resident], 1.1),
    ])
    if (failures > 0) process.exitCode = 1
  } finally {
    direct.close()
    gateway.close()
    await stopServer(server)
    rmSync(folder, { recursive: true })
  }
}

await run()
