import { onTestFinished, vi } from 'vitest'

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. Undefined: an answer without a body. */
  readonly body?: unknown
}

/** By method and path at the gateway, such as `GET /api/session`. Of several, each answers once and the last one stays. */
export type Answers = Record<string, Answer | readonly Answer[] | 'none'>

interface SentCall {
  /** Method and path. */
  readonly call: string
  readonly body: unknown
}

/**
 * Answers calls to the gateway in place of a server until the test ends: others with 404, and those of `none` never.
 * Returns the calls so far.
 */
export function answerCalls(answers: Answers): readonly SentCall[] {
  const sent: SentCall[] = []
  const send = globalThis.fetch
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (typeof input !== 'string' || !input.startsWith('/api/')) return send(input, init)
    const call = `${init?.method ?? 'GET'} ${input}`
    sent.push({ call, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined })
    const answer = answers[call] ?? { status: 404, body: { message: 'not found' } }
    if (answer === 'none') return new Promise(() => undefined)
    const [first, ...rest] = [answer].flat()
    if (rest.length > 0) answers[call] = rest
    const { status = 200, headers = {}, body } = first ?? {}
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
  })
  onTestFinished(() => spy.mockRestore())
  return sent
}
