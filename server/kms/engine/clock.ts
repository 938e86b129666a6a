/** Milliseconds since the epoch. Injected everywhere, so that rotations and deletions can be tested and demonstrated. */
export interface Clock {
  now(): number
}

export const systemClock: Clock = { now: () => Date.now() }

let last = { time: 0, text: new Date(0).toISOString() }

/** Time in milliseconds as text: ISO 8601 in UTC. The last one is kept, as many entries of the audit log share it. */
export function timeText(time: number): string {
  if (time !== last.time) last = { time, text: new Date(time).toISOString() }
  return last.text
}
