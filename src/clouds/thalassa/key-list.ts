import { parseArrayInSteps } from '../../lib/parse-array.ts'
import { runInSlices, type Steps } from '../../lib/time-slicing.ts'
import { type Listed, readItems, type Unreadable } from '../answer.ts'
import type { LongAnswer } from '../http.ts'
import type { KmsKey } from '../model.ts'
import { keyReader } from './read.ts'

/** Number of raw members that are kept. */
const FIRST = 6

function* read(bytes: Uint8Array, reader: ReturnType<typeof keyReader>): Steps<LongAnswer<Listed<KmsKey>>> {
  const items: KmsKey[] = []
  const unreadable: Unreadable[] = []
  // An array as long as the list, with only the first members.
  const sample: unknown[] = []
  let count = 0
  try {
    yield* parseArrayInSteps(bytes, (some) => {
      const keys = readItems(some, reader)
      for (const key of keys.items) items.push(key)
      for (const key of keys.unreadable) unreadable.push(key)
      if (count === 0) sample.push(...some.slice(0, FIRST))
      count += some.length
    })
  } catch (error) {
    if (error instanceof SyntaxError) return { problem: 'the whole answer' }
    throw error
  }
  sample.length = count
  return { data: { items, unreadable }, sample }
}

/**
 * Reads a list of many keys in slices, so that the page stays responsive.
 * @throws the signal's reason
 */
export const readKeyList = (
  bytes: ArrayBuffer,
  location: string,
  project: string | undefined,
  signal: AbortSignal | undefined,
): Promise<LongAnswer<Listed<KmsKey>>> =>
  runInSlices(read(new Uint8Array(bytes), keyReader(location, project)), signal ?? new AbortController().signal)
