/** Exit statuses, for scripts. */
export const exits = {
  done: 0,
  /** The key was unreachable or refused. */
  key: 1,
  /** The command line is wrong, or the output file exists. */
  usage: 2,
  /** The file is damaged, or not encrypted for this program. */
  file: 3,
} as const

/** Failure with a message for the user and an exit status. The message contains no key material. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: number

  constructor(exit: Exclude<keyof typeof exits, 'done'>, message: string) {
    super(message)
    this.exit = exits[exit]
  }
}
