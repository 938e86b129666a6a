/** Input and result of a command of `server/main.ts`. */
import type { Logger } from 'pino'
import type { Flags } from '../command-line.ts'
import type { Config } from '../config.ts'

export interface Running {
  readonly config: Config
  readonly flags: Flags
  /** File argument as typed; undefined if absent. */
  readonly operand: string | undefined
  readonly log: Logger
  /** Cleanup steps, run in reverse order when the program ends or its start fails. */
  readonly onStop: (step: () => void | Promise<void>) => void
}

/**
 * `serving`: runs until a signal ends it; `done`: the program can end.
 * Throws StartError or KmsStartError for errors that the user can correct.
 */
export type Run = (running: Running) => Promise<'serving' | 'done'>
