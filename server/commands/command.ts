/** Input and result of a command of `server/main.ts`. */
import type { Logger } from 'pino'
import type { Flags } from '../command-line.ts'
import type { Config } from '../config.ts'

export interface Running {
  readonly config: Config
  readonly flags: Flags
  /** The file named after the command, as typed; undefined when there is none. */
  readonly operand: string | undefined
  readonly log: Logger
  /** Steps run last one first when the program ends, or when its start fails half-way. */
  readonly onStop: (step: () => void | Promise<void>) => void
}

/**
 * `serving`: it goes on until a signal ends it; `done`: the program can end.
 * Throws StartError or KmsStartError for what the person who started it can put right.
 */
export type Run = (running: Running) => Promise<'serving' | 'done'>
