/** Exit statuses, for scripts. */
export const exits = {
  done: 0,
  /** The key could not be asked, or refused. */
  key: 1,
  /** The command line is wrong, or the result's place is taken. */
  usage: 2,
  /** The file is not what was encrypted, or not for this. */
  file: 3,
} as const

/** Failure with a message for people and an exit status. The message holds no key material. */
export class Failure extends Error {
  override readonly name = 'Failure'
  readonly exit: number

  constructor(exit: Exclude<keyof typeof exits, 'done'>, message: string) {
    super(message)
    this.exit = exits[exit]
  }
}
