import { onTestFinished, vi } from 'vitest'

interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON. Undefined: an answer without a body. */
  readonly body?: unknown
}

/** `none`: the call never ends. Of several answers, each is given once and the last one stays. */
type Answering = Answer | readonly Answer[] | 'none'

/** By method and path at the gateway, such as `GET /api/session`; one `*` stands for any text. */
export type Answers = Record<string, Answering>

interface SentCall {
  /** Method and path. */
  readonly call: string
  readonly body: unknown
}

const isMatch = (pattern: string, call: string): boolean => {
  const [start = '', end] = pattern.split('*')
  return end === undefined ? pattern === call : call.startsWith(start) && call.endsWith(end)
}

/**
 * Answers calls to the gateway in place of a server until the test ends. Later changes of `answers` count.
 * @param others answer to calls that `answers` leaves out
 * @returns the calls so far
 */
export function answerCalls(
  answers: Answers,
  others: Answering = { status: 404, body: { message: 'not found' } },
): readonly SentCall[] {
  const sent: SentCall[] = []
  const send = globalThis.fetch
  const spy = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (typeof input !== 'string' || !input.startsWith('/api/')) return send(input, init)
    const call = `${init?.method ?? 'GET'} ${input}`
    sent.push({ call, body: typeof init?.body === 'string' ? JSON.parse(init.body) : undefined })
    const pattern = Object.keys(answers).find((known) => isMatch(known, call)) ?? ''
    const answer = answers[pattern] ?? others
    if (answer === 'none') return new Promise(() => undefined)
    const [first, ...rest] = [answer].flat()
    if (rest.length > 0) answers[pattern] = rest
    const { status = 200, headers = {}, body } = first ?? {}
    return new Response(body === undefined ? null : JSON.stringify(body), { status, headers })
  })
  onTestFinished(() => spy.mockRestore())
  return sent
}
