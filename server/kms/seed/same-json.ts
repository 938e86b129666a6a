import { isDeepStrictEqual } from 'node:util'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Whether two values are the same once they are stored as JSON, whatever the order of their members. */
export const isSameJson = (one: unknown, other: unknown): boolean => isDeepStrictEqual(plain(one), plain(other))
