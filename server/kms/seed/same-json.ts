import { isDeepStrictEqual } from 'node:util'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

/** Whether two values are equal as JSON, ignoring the order of members. */
export const isSameJson = (one: unknown, other: unknown): boolean => isDeepStrictEqual(plain(one), plain(other))
