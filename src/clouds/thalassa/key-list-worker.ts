/** Worker that validates a list of keys and converts it to the neutral model, in small batches. */
import * as z from 'zod/mini'
import { describeSchemaError } from '../schema-error.ts'
import type { FromWorker, ToWorker } from './key-list-messages.ts'
import { readKey } from './read.ts'
import { KeyList } from './wire.ts'

/** Keys per message, which the page processes within a few milliseconds. */
const BATCH = 400
/** Number of raw members that are kept. */
const FIRST = 6

const tell = (message: FromWorker) => postMessage(message)

function parse(bytes: ArrayBuffer): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}

addEventListener('message', ({ data: { bytes, location, project } }: MessageEvent<ToWorker>) => {
  const body = parse(bytes)
  const answer = z.safeParse(KeyList, body)
  if (!answer.success) return tell({ type: 'broken', problem: describeSchemaError(answer.error) })
  const keys = answer.data ?? []
  for (let from = 0; from < keys.length; from += BATCH)
    tell({ type: 'keys', keys: keys.slice(from, from + BATCH).map((key) => readKey(key, location, project)) })
  tell({ type: 'read', first: Array.isArray(body) ? body.slice(0, FIRST) : [], count: keys.length })
})
