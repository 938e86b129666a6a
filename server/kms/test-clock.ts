/** A clock that tests move forward, to see what else would take days: scheduled deletions, automatic rotations. */
import * as z from 'zod'
import { type Clock, systemClock } from './engine/clock.ts'
import type { Store } from './engine/store.ts'
import { isLoopback } from './loopback.ts'
import { createQueue } from './queue.ts'
import { KmsStartError } from './root-key.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** A hundred years: dates stay such that every client can write them. */
const MOST_DAYS = 36_500
const SETTING = 'test-clock-days'

const Forward = z.strictObject({ days: z.int().min(1).max(MOST_DAYS) })

type Settings = Pick<Store, 'setting' | 'setSetting'>

export interface TestClock extends Clock {
  /**
   * Answers `/clock`: GET says what time it is, POST with `{"days": N}` moves it N days (1 to 36,500 in all) forward.
   * @param client IP address of who calls; only this machine may. Without one, a part of this very process does
   */
  answer(request: Request, client?: string): Promise<Response>
}

const problem = (status: number, message: string, headers: Record<string, string> = {}) =>
  Response.json({ message }, { status, headers })

const daysOf = async (settings: Settings): Promise<number> => Number((await settings.setting(SETTING)) ?? 0)

/** @throws KmsStartError where the clock of the data folder was moved: keys of days to come have no place in today */
export async function assertNotMoved(settings: Settings): Promise<void> {
  const days = await daysOf(settings)
  if (days > 0)
    throw new KmsStartError(
      `The clock of this data folder was moved ${days} days forward. Start with --test-clock or --test, or choose another KMS_DATA_DIR.`,
    )
}

/**
 * Test clock whose offset is kept in the data folder.
 * @param passHour does what is due; called for every hour that passes at once, as it is for one that takes its time
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
      // Written first: what is done in the hours of this day must never lie in the future of a server that was killed.
      await settings.setSetting(SETTING, String(before / DAY + 1))
      try {
        for (let hour = 1; hour <= 24; hour++) {
          ahead = before + hour * HOUR
          await passHour()
        }
      } finally {
        // Also when an hour failed: it stands where the next start would find it.
        ahead = before + DAY
      }
    }
  }

  const reading = () => Response.json({ now: new Date(clock.now()).toISOString(), daysAhead: Math.round(ahead / DAY) })

  async function move(request: Request): Promise<Response> {
    const asked = Forward.safeParse(await request.json().catch(() => undefined))
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
    async answer(request, client) {
      if (client !== undefined && !isLoopback(client)) return problem(403, 'The clock is moved from this machine only.')
      // Browsers send `Origin`; no web page may call.
      if (request.headers.has('origin')) return problem(403, 'The clock is not moved from a web page.')
      if (request.method === 'GET') return reading()
      if (request.method === 'POST') return move(request)
      return problem(405, 'GET reads the clock, POST moves it.', { allow: 'GET, POST' })
    },
  }
}
