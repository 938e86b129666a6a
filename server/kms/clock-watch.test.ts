import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pino from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { acceptClock } from './clock-watch.ts'
import { openExisting } from './data-folder.ts'
import { type KmsOptions, type LocalKms, openKms } from './kms.ts'
import type { Json } from './testing/thalassa-server.ts'

const MINUTE = 60_000
const DAY = 86_400_000
const YEAR = 365 * DAY
const START = Date.UTC(2026, 0, 1, 8, 30)

let dataDir: string
let wall: number
let steady: number
let lines: string[]
let open: LocalKms[]

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'kms-watch-'))
  wall = START
  steady = 500_000
  lines = []
  open = []
})
afterEach(async () => {
  for (const kms of open) await kms.close()
  rmSync(dataDir, { recursive: true })
})

const clock = { now: () => wall }
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) })

async function start(options: Partial<KmsOptions> = {}): Promise<LocalKms> {
  const steadyClock = { now: () => steady }
  const kms = await openKms({ dataDir, clock, steadyClock, log, address: () => undefined, ...options })
  open.push(kms)
  return kms
}

async function stop(kms: LocalKms): Promise<void> {
  open = open.filter((other) => other !== kms)
  await kms.close()
}

/** Time that passes: on every clock. */
function pass(time: number): void {
  wall += time
  steady += time
}

async function call(kms: LocalKms, method: string, path: string, body?: object) {
  const { token, organisation } = kms.credentials.thalassa
  const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
  const init = { method, headers, ...(body && { body: JSON.stringify(body) }) }
  const reply = await kms.fetch(new Request(`http://kms.test/v1/kms/nl-01/keys${path}`, init))
  return { status: reply.status, body: (await reply.json()) as Json }
}

async function newKey(kms: LocalKms, name: string, more: object = {}): Promise<string> {
  return String((await call(kms, 'POST', '', { name, keyType: 'aes256-gcm96', ...more })).body.identity)
}

/** A key in its deletion window, and one that is rotated every 30 days. */
async function prepare(kms: LocalKms) {
  const doomed = await newKey(kms, 'doomed')
  await call(kms, 'DELETE', `/${doomed}`)
  const turning = await newKey(kms, 'turning', { keyRotationEnabled: true, rotationPeriodInDays: 30 })
  return {
    doomed,
    turning,
    stateIn: async (of: LocalKms) => ({
      doomed: (await call(of, 'GET', `/${doomed}`)).status === 200,
      version: (await call(of, 'GET', `/${turning}`)).body.latestVersion,
    }),
  }
}

const untouched = { doomed: true, version: 1 }
const carriedOut = { doomed: false, version: 2 }

async function accept(): Promise<void> {
  const { store } = openExisting({ dataDir })
  await acceptClock(store, clock)
  await store.close()
}

test.each([
  ['ten years', 10 * YEAR],
  ['six minutes', 6 * MINUTE],
  ['a month', 31 * DAY],
])('a clock that is set %s ahead destroys and rotates nothing until it is accepted', async (_, step) => {
  const kms = await start()
  const { doomed, turning, stateIn } = await prepare(kms)
  if (step < 30 * DAY) pass(30 * DAY - MINUTE)
  await kms.runDueJobs()
  lines = []
  wall += step
  await kms.runDueJobs()
  await kms.runDueJobs()
  expect(await stateIn(kms)).toEqual(untouched)
  const [warning] = kms.warnings()
  expect(warning).toContain(
    `The clock went from ${new Date(wall - step).toISOString()} to ${new Date(wall).toISOString()}`,
  )
  expect(warning).toContain('npm run kms -- accept-clock')
  expect(lines).toEqual([warning])
  expect((await call(kms, 'POST', `/${turning}/encrypt`, { plaintext: 'aGVsbG8=' })).status).toBe(200)
  expect((await call(kms, 'POST', `/${doomed}/encrypt`, { plaintext: 'aGVsbG8=' })).status).toBe(400)
  await accept()
  await kms.runDueJobs()
  expect(await stateIn(kms)).toEqual(carriedOut)
  expect(kms.warnings()).toEqual([])
})

test('a restart changes nothing, except with the flag', async () => {
  const kms = await start()
  const { stateIn } = await prepare(kms)
  wall += 40 * DAY
  await kms.runDueJobs()
  await stop(kms)
  pass(DAY)
  const second = await start()
  expect(await stateIn(second)).toEqual(untouched)
  expect(second.warnings()).toHaveLength(1)
  await stop(second)
  const third = await start({ acceptClock: true })
  expect(await stateIn(third)).toEqual(carriedOut)
  expect(third.warnings()).toEqual([])
})

test('a clock that is set right again needs no acceptance', async () => {
  const kms = await start()
  const { stateIn } = await prepare(kms)
  for (const step of [10 * YEAR, -10 * YEAR]) {
    wall += step
    await kms.runDueJobs()
    expect(kms.warnings()).toHaveLength(1)
    pass(2 * MINUTE)
    wall -= step
    await kms.runDueJobs()
    expect(kms.warnings()).toEqual([])
  }
  expect(await stateIn(kms)).toEqual(untouched)
  for (let day = 0; day < 31; day += 1) {
    pass(DAY)
    await kms.runDueJobs()
  }
  expect(await stateIn(kms)).toEqual(carriedOut)
})

test('also while no server runs', async () => {
  const kms = await start()
  const { stateIn } = await prepare(kms)
  wall += 10 * YEAR
  await kms.runDueJobs()
  await stop(kms)
  wall -= 10 * YEAR
  const second = await start()
  expect(second.warnings()).toEqual([])
  expect(await stateIn(second)).toEqual(untouched)
})

test('passed time, corrections of the clock and a suspended machine are no jump', async () => {
  const kms = await start()
  const { stateIn } = await prepare(kms)
  for (let hour = 0; hour < 24; hour += 1) {
    pass(60 * MINUTE)
    wall += hour % 2 === 0 ? 4 * MINUTE : -4 * MINUTE
    await kms.runDueJobs()
    expect(kms.warnings()).toEqual([])
  }
  // The steady clock counts the time of a suspended machine.
  pass(45 * DAY)
  await kms.runDueJobs()
  expect(kms.warnings()).toEqual([])
  expect(await stateIn(kms)).toEqual(carriedOut)
})

test.each([
  ['a week', 7 * DAY - MINUTE, 26 * DAY, carriedOut, 0],
  ['more than a week', 7 * DAY + MINUTE, 26 * DAY, untouched, 1],
  ['ten years', 10 * YEAR, 0, untouched, 1],
])('after a stop of %s', async (_, time, before, state, warnings) => {
  const kms = await start()
  const { stateIn } = await prepare(kms)
  pass(before)
  await kms.runDueJobs()
  await stop(kms)
  wall += time
  steady = 100
  const second = await start()
  expect(await stateIn(second)).toEqual(state)
  expect(second.warnings()).toHaveLength(warnings)
})

test('a long stop is no jump where nothing fell due', async () => {
  const kms = await start()
  await newKey(kms, 'plain')
  await stop(kms)
  wall += 300 * DAY
  expect((await start()).warnings()).toEqual([])
})

test('a start with a clock behind the last time is a jump', async () => {
  const kms = await start()
  const { stateIn } = await prepare(kms)
  await stop(kms)
  wall -= DAY
  const second = await start()
  expect(second.warnings()[0]).toMatch(/went from 2026-01-01T08:30:00.000Z to 2025-12-31T08:30:00.000Z/)
  pass(31 * DAY)
  await second.runDueJobs()
  expect(await stateIn(second)).toEqual({ ...untouched })
})

test('of several servers on a data folder, each stops, and one acceptance is for all', async () => {
  const [one, other] = [await start(), await start()]
  const { stateIn } = await prepare(one)
  wall += 10 * YEAR
  await one.runDueJobs()
  const late = await start()
  await other.runDueJobs()
  await late.runDueJobs()
  for (const kms of [one, other, late]) expect(kms.warnings()).toHaveLength(1)
  expect(await stateIn(other)).toEqual(untouched)
  await accept()
  for (const kms of [late, other, one]) {
    pass(MINUTE)
    await kms.runDueJobs()
    expect(kms.warnings()).toEqual([])
  }
  expect(await stateIn(other)).toEqual(carriedOut)
})

test('a test clock is moved on purpose', async () => {
  const kms = await start({ test: {} })
  const { stateIn } = await prepare(kms)
  const body = JSON.stringify({ days: 365 })
  await kms.fetch(new Request('http://kms.test/_kms/clock', { method: 'POST', body }), '/_kms/clock', '127.0.0.1')
  expect((await stateIn(kms)).doomed).toBe(false)
  expect(kms.warnings()).toEqual([])
})
