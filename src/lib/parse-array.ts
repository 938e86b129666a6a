/** Parses long arrays of JSON a block at a time, so that nothing waits long for one. */
import type { Steps } from './time-slicing.ts'

/** Bytes that are decoded and parsed between two steps: about a millisecond. */
const BLOCK = 1 << 16

/** The end of `{"id":"a"` in `[{"id":"a"…` up to its first colon: other items are expected to begin alike. */
const beginningOf = (items: string) => (items.startsWith('{') ? items.slice(0, items.indexOf(':') + 1) : '')

function tryParse(text: string): unknown[] | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * The items of an array, in order. Blocks end where an object seems to: one that parses ends there indeed, since an
 * array can only close after a whole item. Where none is found, the block grows.
 * @param bytes JSON in UTF-8
 * @throws SyntaxError for anything but an array; by then some items may have been visited
 */
export function* parseArrayInSteps(bytes: Uint8Array, visit: (items: readonly unknown[]) => void): Steps<void> {
  const decoder = new TextDecoder()
  let items = ''
  let separator = ''
  let size = BLOCK
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + size)
    items += decoder.decode(bytes.subarray(at, end), { stream: true })
    if (at === 0) {
      if (!/^\s*\[/.test(items)) throw new SyntaxError('Not an array')
      items = items.replace(/^\s*\[\s*/, '')
      separator = `},${beginningOf(items)}`
    }
    at = end
    const cut = separator.endsWith(':') ? items.lastIndexOf(separator) + 1 : 0
    const block = cut > 0 && end < bytes.length ? tryParse(`[${items.slice(0, cut)}]`) : undefined
    if (block) {
      visit(block)
      items = items.slice(cut + 1)
    }
    size = block ? BLOCK : 2 * size
    yield
  }
  visit(JSON.parse(`[${items}${decoder.decode()}`))
}
