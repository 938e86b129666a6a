import type { DatabaseSync } from 'node:sqlite'

/** Reads a number that changes when another process commits. */
export function openDataVersion(database: DatabaseSync): () => number {
  const statement = database.prepare('PRAGMA data_version')
  statement.setReturnArrays(true)
  return () => Number(Object.values(statement.get() ?? {})[0])
}

/**
 * Reads a number once in each turn of the event loop: it costs two system calls, and a request that arrives in a turn has
 * begun before the number was read in it.
 */
export function oncePerTurn(read: () => number): () => number {
  let known: number | undefined
  const forget = () => {
    known = undefined
  }
  return () => {
    if (known === undefined) {
      known = read()
      // Runs after the events of this turn.
      setImmediate(forget)
    }
    return known
  }
}
