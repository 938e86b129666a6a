/** JSON lists of any length, streamed page by page as the client reads. */

export interface JsonList {
  /** Text around the array: `{"kms-keys":` and `}`. */
  readonly before?: string
  readonly after?: string
  /** Read one at a time; ended early when the client goes away. */
  readonly pages: AsyncGenerator<readonly object[], void>
}

/** Characters up to which a list is sent whole, with its length. */
const SHORT = 64 << 10

/** A text for every page, be it empty: between two of them a reading can be ended. */
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

async function* bytesOf(head: string, rest: AsyncGenerator<string, void>, { signal, report }: Reading) {
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

/** The body for a list. What fails before a long answer has begun is thrown; later the client sees a cut answer. */
export async function jsonListBody(
  list: JsonList,
  reading: Reading = {},
): Promise<string | ReadableStream<Uint8Array>> {
  const texts = textOf(list)
  let head = ''
  while (head.length <= SHORT) {
    const { done, value } = await texts.next()
    if (done) return head
    head += value
    reading.signal?.throwIfAborted()
  }
  return ReadableStream.from(bytesOf(head, texts, reading))
}
