/** Worker that validates a list of keys and converts it to the neutral model, in small batches. */
import { List, parseAnswer, readItems } from '../answer.ts'
import type { FromWorker, ToWorker } from './key-list-messages.ts'
import { keyReader } from './read.ts'

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
  const answer = parseAnswer(List, body)
  if ('problem' in answer) return tell({ type: 'broken', problem: answer.problem })
  const keys = answer.data ?? []
  const reader = keyReader(location, project)
  for (let from = 0; from < keys.length; from += BATCH)
    tell({ type: 'keys', keys: readItems(keys.slice(from, from + BATCH), reader) })
  tell({ type: 'read', first: Array.isArray(body) ? body.slice(0, FIRST) : [], count: keys.length })
})
