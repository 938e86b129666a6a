/** Test clock, which tests move forward to reach scheduled deletions and automatic rotations. */
import * as z from 'zod'
import { type HttpAnswer, type HttpRequest, jsonAnswer } from '../http/exchange.ts'
import { unaudited } from './engine/audit.ts'
import { type Clock, systemClock } from './engine/clock.ts'
import type { Store } from './engine/store.ts'
import { isLoopback } from './loopback.ts'
import { createQueue } from './queue.ts'
import { KmsStartError } from './root-key.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Limit in days, about a hundred years, so that every client can express the dates. */
const MOST_DAYS = 36_500
const SETTING = 'test-clock-days'
/** Limit of a body. */
const MOST_BYTES = 1024

const Forward = z.strictObject({ days: z.int().min(1).max(MOST_DAYS) })

type Settings = Pick<Store, 'setting' | 'write'>

export interface TestClock extends Clock {
  /**
   * Answers `/clock`: GET returns the time, POST with `{"days": N}` moves it N days (1 to 36,500 in all) forward. The caller
   * must be on this machine.
   */
  answer(request: HttpRequest): Promise<HttpAnswer>
}

const problem = (status: number, message: string, headers: Record<string, string> = {}) =>
  jsonAnswer({ message }, status, headers)

const parsed = (body: Buffer | undefined): unknown => {
  try {
    return JSON.parse(String(body))
  } catch {
    return undefined
  }
}

const daysOf = async (settings: Pick<Store, 'setting'>): Promise<number> =>
  Number((await settings.setting(SETTING)) ?? 0)

/** @throws KmsStartError if the clock of the data folder was moved: its keys have dates in the future */
export async function assertNotMoved(settings: Pick<Store, 'setting'>): Promise<void> {
  const days = await daysOf(settings)
  if (days > 0)
    throw new KmsStartError(
      `The clock of this data folder was moved ${days} days forward. Start with --test-clock or --test, or choose another KMS_DATA_DIR.`,
    )
}

/**
 * Test clock whose offset is kept in the data folder.
 * @param passHour runs the due jobs; called for each skipped hour, as the hourly timer does
 */
export async function openTestClock(
  settings: Settings,
  passHour: () => Promise<void>,
  { now }: Clock = systemClock,
): Promise<TestClock> {
  let ahead = (await daysOf(settings)) * DAY
  const oneByOne = createQueue()
  const clock = { now: () => now() + ahead }

  async function forward(days: number) {
    for (let day = 0; day < days; day++) {
      const before = ahead
      // Written first, so that after a kill no change of these hours lies in the future.
      await settings.write((rows) => unaudited('clock', rows.putSetting(SETTING, String(before / DAY + 1))))
      try {
        for (let hour = 1; hour <= 24; hour++) {
          ahead = before + hour * HOUR
          await passHour()
        }
      } finally {
        // Also after a failed hour: the clock shows the stored time, which the next start reads.
        ahead = before + DAY
      }
    }
  }

  const reading = () => jsonAnswer({ now: new Date(clock.now()).toISOString(), daysAhead: Math.round(ahead / DAY) })

  async function move(request: HttpRequest): Promise<HttpAnswer> {
    const asked = Forward.safeParse(parsed(await request.body(MOST_BYTES)))
    if (!asked.success)
      return problem(400, `The body must be {"days": N}, N a whole number of days from 1 to ${MOST_DAYS}.`)
    const { days } = asked.data
    return oneByOne(async () => {
      const left = MOST_DAYS - ahead / DAY
      if (days > left) return problem(400, `days must be at most ${left}: the clock would be a hundred years ahead.`)
      await forward(days)
      return reading()
    })
  }

  return {
    ...clock,
    async answer(request) {
      const { client } = request
      if (client !== undefined && !isLoopback(client)) return problem(403, 'The clock is moved from this machine only.')
      // Browsers send `Origin`: web pages have no access.
      if (request.header('origin') !== undefined) return problem(403, 'The clock is not moved from a web page.')
      if (request.method === 'GET') return reading()
      if (request.method === 'POST') return move(request)
      return problem(405, 'GET reads the clock, POST moves it.', { allow: 'GET, POST' })
    },
  }
}
