/** Milliseconds since the epoch. Injected everywhere, so that rotations and deletions can be tested and demonstrated. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }
