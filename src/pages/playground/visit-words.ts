import type { Visited } from './bench.ts'

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'UTC',
})

/** `14:32:08`, in UTC. */
export const clockTime = (at: number): string => time.format(at)

/** `41 ms`; under one it says so. */
export const formatTook = (milliseconds: number): string =>
  milliseconds < 1 ? '< 1 ms' : `${Math.round(milliseconds)} ms`

/** `billing archive, v7`, or `card-vault: not its ciphertext`. */
export function visitWords({ keyName, version, failure }: Visited): string {
  if (failure !== undefined) return `${keyName}: ${failure}`
  return version === undefined ? keyName : `${keyName}, v${version}`
}
