/** Notices that the clock was set, so that a wrong time destroys no key: scheduled changes stop until it is accepted. */
import { randomUUID } from 'node:crypto'
import { uptime } from 'node:os'
import type { Logger } from 'pino'
import * as z from 'zod'
import { unaudited } from './engine/audit.ts'
import type { Clock } from './engine/clock.ts'
import type { Rows, Store } from './engine/store.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** Difference in milliseconds between passed time and the clock that is taken for the clock's own correction. */
const LARGEST_STEP = 5 * MINUTE
/** Longest stop of all servers after which due keys are destroyed unasked: the shortest deletion window of the clouds. */
const LONGEST_STOP = 7 * DAY

const SETTING = 'clock-watch'

const State = z.object({
  /** Last time that a server saw and trusted. Milliseconds since the epoch, as all times here. */
  seen: z.number(),
  /** Times between which the clock was set; absent while scheduled changes run. */
  jump: z.optional(z.object({ from: z.number(), to: z.number() })),
  /** Changes with each acceptance. */
  acceptance: z.string(),
})
type State = z.infer<typeof State>
type Jump = NonNullable<State['jump']>

/** Time since the machine's start, which nobody sets; it counts a suspended machine's time too, unlike `performance.now`. */
export const systemUptime: Clock = { now: () => uptime() * 1000 }

export interface ClockWatch {
  /** Whether scheduled changes may run. */
  check(): Promise<boolean>
  /** Reason why they don't, and what to do; undefined while they run. */
  problem(): string | undefined
}

/** For clocks that are moved on purpose. */
export const noClockWatch: ClockWatch = { check: async () => true, problem: () => undefined }

const text = (time: number) => new Date(time).toISOString()

const textOf = ({ from, to }: Jump) =>
  `The clock went from ${text(from)} to ${text(to)}. Scheduled deletions and rotations are stopped, so that a wrong clock destroys no key. If the time is right, run "npm run kms -- accept-clock" or start again with --accept-clock. If it is wrong, set it right, and they go on.`

function stateIn(rows: Pick<Rows, 'setting'>): State | undefined {
  const stored = rows.setting(SETTING)
  return stored === undefined ? undefined : State.parse(JSON.parse(stored))
}

const put = (rows: Pick<Rows, 'putSetting'>, state: State) => rows.putSetting(SETTING, JSON.stringify(state))

/** Accepts the present time for all servers of a data folder: those that run go on at their next check. */
export const acceptClock = (store: Pick<Store, 'write'>, clock: Clock): Promise<void> =>
  store.write((rows) => unaudited('clock', put(rows, { seen: clock.now(), acceptance: randomUUID() })))

/** Jump between the last time seen in the data folder and now; time may have passed while no server ran. */
function jumpSince({ seen, jump }: State, now: number, isAnythingDue: boolean): Jump | undefined {
  const isBehind = now < seen - LARGEST_STEP
  const isFarAhead = now > seen + LONGEST_STOP
  if (jump) {
    // Only a clock that was set right again ends it: a restart alone changes nothing.
    const isBack = jump.to < jump.from || now < jump.to - LARGEST_STEP
    return isBack && !isBehind && !isFarAhead ? undefined : jump
  }
  return isBehind || (isFarAhead && isAnythingDue) ? { from: seen, to: now } : undefined
}

/**
 * Watch over the clock of a data folder.
 * @param steady milliseconds that pass whether or not the clock is set
 */
export function openClockWatch({
  store,
  clock,
  steady,
  log,
}: {
  store: Pick<Store, 'write' | 'countDue'>
  clock: Clock
  steady: Clock
  log: Logger
}): ClockWatch {
  /** Last trusted pair of times, and the acceptance it was trusted with; undefined until this server trusts the clock. */
  let trusted: { readonly time: number; readonly passed: number; readonly acceptance: string } | undefined
  let problem: string | undefined

  function jumpIn(state: State, now: number, passed: number, isAnythingDue: boolean): Jump | undefined {
    if (!trusted) return jumpSince(state, now, isAnythingDue)
    if (trusted.acceptance !== state.acceptance) return undefined
    const expected = trusted.time + passed - trusted.passed
    return Math.abs(now - expected) > LARGEST_STEP ? { from: expected, to: now } : undefined
  }

  function tell(jump: Jump | undefined): void {
    const before = problem
    problem = jump && textOf(jump)
    if (problem !== undefined && before === undefined) log.warn(problem)
    if (problem === undefined && before !== undefined) log.info('Scheduled deletions and rotations continue.')
  }

  return {
    async check() {
      const { destructions, rotations } = await store.countDue(clock.now())
      const jump = await store.write((rows) => {
        const now = clock.now()
        const passed = steady.now()
        const state = stateIn(rows) ?? { seen: now, acceptance: '' }
        const found = jumpIn(state, now, passed, destructions + rotations > 0)
        const { seen, acceptance } = state
        // A jump keeps its first description, whose times people compare with the log.
        const told = found && (state.jump ?? { from: Math.round(found.from), to: found.to })
        put(rows, told ? { seen, acceptance, jump: told } : { seen: now, acceptance })
        if (!told) trusted = { time: now, passed, acceptance }
        return unaudited('clock', told)
      })
      tell(jump)
      return jump === undefined
    },
    problem: () => problem,
  }
}
