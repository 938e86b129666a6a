/** A connection whose credentials change while it is used. */
import type { Connection } from './connection.ts'

export interface Replaceable {
  readonly connection: Connection
  /** Uses the credentials of another connection to the same address from now on. */
  replace(next: Connection): void
}

export function replaceable(first: Connection): Replaceable {
  let current = first
  /** The connection that made these headers. */
  const makers = new WeakMap<Readonly<Record<string, string>>, Connection>()
  return {
    connection: {
      ...first,
      describe: () => current.describe(),
      async authorize(request) {
        const maker = current
        const headers = await maker.authorize(request)
        makers.set(headers, maker)
        return headers
      },
      // A token that was replaced while its call was under way may be refused: the call is made again with the new one.
      renew: (refused) => makers.get(refused) !== current || current.renew(refused),
    },
    replace(next) {
      current = next
    },
  }
}
