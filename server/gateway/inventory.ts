/** What metrics tell about the keys of a provider. */

export interface KeyFacts {
  /** As the provider names it. */
  readonly status: string
  /** Next automatic rotation in milliseconds since the epoch; absent where none is planned. */
  readonly rotatesAt?: number
  /** Destruction in milliseconds since the epoch; absent where none is scheduled. */
  readonly destroyedAt?: number
}

export interface Inventory {
  /**
   * Locations that may have keys.
   * @param read JSON of the answer to a call, by its path after `/api/ID`
   */
  locations(read: (path: string) => Promise<unknown>): Promise<readonly string[]>
  /** Path, after `/api/ID`, of the call that lists the keys of a location. */
  listPath(location: string): string
  /** Keys of the answer to that call. */
  keysIn(answer: unknown, location: string): readonly KeyFacts[]
}

/** Time of a text; absent for one that has none. */
export function timeOf(text: unknown): number | undefined {
  const time = typeof text === 'string' ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}

/** Facts of a key without those that are absent. */
export const factsOf = (status: unknown, rotatesAt: number | undefined, destroyedAt: number | undefined): KeyFacts => ({
  status: typeof status === 'string' ? status : '',
  ...(rotatesAt !== undefined && { rotatesAt }),
  ...(destroyedAt !== undefined && { destroyedAt }),
})

export const arrayOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
