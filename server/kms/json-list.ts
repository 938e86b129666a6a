/** JSON lists of any length, streamed page by page as the client reads. */

export interface JsonList {
  /** Text around the array: `{"kms-keys":` and `}`. */
  readonly before?: string
  readonly after?: string
  /** Read one at a time; ended early if the client disconnects. */
  readonly pages: AsyncGenerator<readonly object[], void>
}

/** Characters; shorter lists are sent at once, with `Content-Length`. */
const SHORT = 64 << 10

/** Text of each page, also of an empty one, so that reading can end between two pages. */
async function* textOf({ before = '', after = '', pages }: JsonList): AsyncGenerator<string, void> {
  let separator = `${before}[`
  for await (const page of pages) {
    if (page.length > 0) {
      yield separator + page.map((one) => JSON.stringify(one)).join(',')
      separator = ','
    } else yield ''
  }
  yield separator === ',' ? `]${after}` : `${separator}]${after}`
}

interface Reading {
  /** Ends the reading. */
  readonly signal?: AbortSignal
  /** Called for a failure after the answer has begun. */
  readonly report?: ((error: unknown) => void) | undefined
}

async function* bytesOf(
  head: string,
  rest: AsyncGenerator<string, void>,
  { signal, report }: Reading,
): AsyncGenerator<Uint8Array, void> {
  const encoder = new TextEncoder()
  try {
    yield encoder.encode(head)
    for await (const text of rest) {
      if (signal?.aborted) return
      if (text !== '') yield encoder.encode(text)
    }
  } catch (error) {
    report?.(error)
    throw error
  } finally {
    await rest.return()
  }
}

/** Body of a list. Throws for a failure before the answer has begun; after a later one the answer is cut. */
export async function jsonListBody(
  list: JsonList,
  reading: Reading = {},
): Promise<string | AsyncGenerator<Uint8Array, void>> {
  const texts = textOf(list)
  let head = ''
  while (head.length <= SHORT) {
    const { done, value } = await texts.next()
    if (done) return head
    head += value
    reading.signal?.throwIfAborted()
  }
  return bytesOf(head, texts, reading)
}
