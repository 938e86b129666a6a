/** Snapshots of the store's content, in memory. */
import { randomUUID } from 'node:crypto'
import { type HttpAnswer, jsonAnswer } from '../../http/exchange.ts'
import { type Image, keysIn } from '../store/images.ts'
import { problem } from './problem.ts'

const MOST = 20
/** Limit of the total size in bytes. */
const MOST_BYTES = 64 * 1_048_576

interface Snapshot {
  readonly id: string
  readonly name?: string | undefined
  readonly image: Image
}

export interface Snapshots {
  /** The snapshot's id and size; 409 when there are too many, 413 when they are too large. */
  add(image: Image, name?: string): HttpAnswer
  image(id: string): Image | undefined
  list(): readonly object[]
  clear(): void
}

const WAY_OUT = 'DELETE /_kms/snapshot removes them.'

const shown = ({ id, name, image }: Snapshot) => ({
  id,
  ...(name !== undefined && { name }),
  keys: keysIn(image),
  bytes: image.bytes,
})

export function createSnapshots(): Snapshots {
  const kept = new Map<string, Snapshot>()
  return {
    add(image, name) {
      if (kept.size >= MOST)
        return problem(409, `There are ${MOST} snapshots already, the most there can be. ${WAY_OUT}`)
      const before = kept.values().reduce((sum, one) => sum + one.image.bytes, 0)
      if (before + image.bytes > MOST_BYTES)
        return problem(
          413,
          `This snapshot takes ${image.bytes} bytes and the ${kept.size} others ${before}; together they may take ${MOST_BYTES}. ${WAY_OUT}`,
        )
      const snapshot = { id: randomUUID(), name, image }
      kept.set(snapshot.id, snapshot)
      return jsonAnswer(shown(snapshot), 201)
    },
    image: (id) => kept.get(id)?.image,
    list: () => [...kept.values()].map(shown),
    clear: () => kept.clear(),
  }
}
