import type { DatabaseSync } from 'node:sqlite'

export interface DataVersion {
  /** Number that changes when another process commits, as it is now. */
  currentVersion(): number
  /** The same, which `dataVersion` then answers for the rest of this turn of the event loop. */
  latestVersion(): number
  /** As the last request of this turn of the event loop has read it: a read costs two system calls. */
  dataVersion(): number
}

export function openDataVersion(database: DatabaseSync): DataVersion {
  const statement = database.prepare('PRAGMA data_version')
  statement.setReturnArrays(true)
  let known: number | undefined
  const forget = () => {
    known = undefined
  }
  const currentVersion = () => Number(Object.values(statement.get() ?? {})[0])
  const latestVersion = () => {
    // Forgotten after the events of this turn of the event loop, of which each request reads it anew.
    if (known === undefined) setImmediate(forget)
    known = currentVersion()
    return known
  }
  return { currentVersion, latestVersion, dataVersion: () => known ?? latestVersion() }
}
