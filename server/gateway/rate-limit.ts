/** Limits how many requests one person or address makes: a token bucket for each. */

export interface RateLimit {
  /** Takes a request of a person or address: 0, or whole seconds after which the next is taken. */
  take(who: string): number
}

interface Options {
  /** Requests a second, over time. */
  readonly rate: number
  /** Requests at once. */
  readonly burst: number
  /** Milliseconds. */
  readonly now?: () => number
}

/** The least recently seen are forgotten beyond, so that nobody can fill the memory. */
const MOST = 10_000

interface Bucket {
  left: number
  at: number
}

export function openRateLimit({ rate, burst, now = () => performance.now() }: Options): RateLimit {
  // In the order of use.
  const buckets = new Map<string, Bucket>()
  return {
    take(who) {
      const at = now()
      const bucket = buckets.get(who) ?? { left: burst, at }
      buckets.delete(who)
      buckets.set(who, bucket)
      if (buckets.size > MOST) {
        const [oldest = who] = buckets.keys()
        buckets.delete(oldest)
      }
      bucket.left = Math.min(burst, bucket.left + ((at - bucket.at) / 1000) * rate)
      bucket.at = at
      if (bucket.left < 1) return Math.ceil((1 - bucket.left) / rate)
      bucket.left -= 1
      return 0
    },
  }
}
