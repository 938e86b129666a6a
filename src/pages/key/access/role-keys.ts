import type { ApiKey } from '../../../clouds/iam.ts'

/** Names of the API keys that act in each role, by the role's id. */
export type KeysByRole = ReadonlyMap<string, readonly string[]>

/** @param own public half of the key that the console itself signs with */
export const keysByRole = (keys: readonly ApiKey[], own: string | undefined): KeysByRole =>
  new Map(
    Map.groupBy(keys, ({ roleId }) => roleId)
      .entries()
      .map(([role, acting]) => [
        role,
        acting.map(({ key, name }) => (key === own ? `${name} (this console)` : name)).sort(),
      ]),
  )
