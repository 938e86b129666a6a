/** Schema of fault rules: calls, frequency and effects. Every value has a limit. */
import * as z from 'zod'

const MINUTE = 60_000
const HOUR_SECONDS = 3600
const TEN_YEARS_SECONDS = 315_360_000
const LONGEST_BODY = 1_048_576

const ruleError = (error: string) => ({ error })

const whole = (min: number, max: number, unit = '') => {
  const message = `must be a whole number${unit} from ${min} to ${max}`
  return z.int(ruleError(message)).min(min, message).max(max, message)
}

const fraction = (words: string) => z.number(ruleError(words))

const headerValue = z
  .string(ruleError('must be a text'))
  .regex(/^[\t\x20-\x7e]{0,1000}$/, 'must be at most 1000 printable ASCII characters')

/** Headers that frame the answer or control the connection; refused, as other effects change these. */
const FRAMING = /^(?:connection|content-length|keep-alive|transfer-encoding|trailer|upgrade)$/i

const HEADER_NAME = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$/

const Headers = z
  .record(z.string(), headerValue, ruleError('must be an object of texts'))
  .refine((headers) => Object.keys(headers).length <= 20, 'must be at most 20')
  .refine((headers) => Object.keys(headers).every((name) => HEADER_NAME.test(name)), 'must have names of headers')
  .refine(
    (headers) => !Object.keys(headers).some((name) => FRAMING.test(name)),
    'must not say how long the answer is or what becomes of the connection: cutBody and reset do',
  )

/** A text is sent as it is, anything else as JSON. */
const Body = z
  .json(ruleError('must be a text or JSON'))
  .transform((body) => (typeof body === 'string' ? body : JSON.stringify(body)))
  .refine((text) => Buffer.byteLength(text) <= LONGEST_BODY, `must be at most ${LONGEST_BODY} bytes`)

const CUT_WORDS = 'must be {"fraction": F}, F from 0 to below 1, or {"bytes": N}, N from 0 to 1048576'
const CutBody = z.union(
  [z.strictObject({ fraction: fraction(CUT_WORDS).min(0).lt(1) }), z.strictObject({ bytes: whole(0, 1_048_576) })],
  ruleError(CUT_WORDS),
)

const RateLimit = z.strictObject(
  {
    /** Number of calls that pass in each window. */
    limit: whole(0, 100_000),
    /** Seconds. */
    window: whole(1, HOUR_SECONDS, ' of seconds'),
    retryAfter: z.enum(['seconds', 'date'], ruleError('must be seconds or date')).default('seconds'),
  },
  ruleError('must be {"limit": N, "window": SECONDS, "retryAfter": "seconds" or "date"}'),
)

const probability = 'must be a number above 0 and at most 1'

const members = z.strictObject(
  {
    method: z
      .string(ruleError('must be a text'))
      .regex(/^[A-Z]{1,16}$/, 'must be a method in capitals, such as POST')
      .optional(),
    path: z
      .string(ruleError('must be a text'))
      .max(200, 'must have at most 200 characters')
      .regex(/^[/*]/, 'must begin with / or *')
      .optional(),
    count: whole(1, 1_000_000).optional(),
    probability: fraction(probability).gt(0, probability).max(1, probability).optional(),
    skip: whole(0, 1_000_000).default(0),
    status: whole(200, 599).optional(),
    headers: Headers.optional(),
    body: Body.optional(),
    carryOut: z.boolean(ruleError('must be true or false')).optional(),
    contentType: headerValue.optional(),
    delay: whole(0, MINUTE, ' of milliseconds').optional(),
    hang: z.literal(true, ruleError('must be true, or left out')).optional(),
    cutBody: CutBody.optional(),
    reset: z.enum(['before', 'after'], ruleError('must be before or after')).optional(),
    rateLimit: RateLimit.optional(),
    clockSkew: whole(-TEN_YEARS_SECONDS, TEN_YEARS_SECONDS, ' of seconds').optional(),
  },
  ruleError('must be an object'),
)
type Members = z.output<typeof members>
type Name = keyof Members

const effects: readonly Name[] = [
  'status',
  'contentType',
  'delay',
  'hang',
  'cutBody',
  'reset',
  'rateLimit',
  'clockSkew',
]

/** Members that exclude each other. */
const excluded: Partial<Record<Name, readonly Name[]>> = {
  reset: ['status', 'contentType', 'cutBody', 'rateLimit', 'hang'],
  hang: ['status', 'contentType', 'cutBody', 'rateLimit', 'clockSkew'],
  rateLimit: ['status', 'cutBody', 'carryOut'],
}

/** Members that need at least one of others. */
const needed: Partial<Record<Name, readonly Name[]>> = {
  headers: ['status', 'rateLimit'],
  body: ['status', 'rateLimit'],
  carryOut: ['status'],
}

const NO_BODY = new Set([204, 205, 304])

const Rule = members.check((context) => {
  const { value } = context
  const has = (name: Name) => value[name] !== undefined
  const complain = (name: Name, message: string) =>
    void context.issues.push({ code: 'custom', input: value, path: [name], message })
  const names = members.keyof().options.filter(has)
  for (const name of names) {
    const against = excluded[name]?.find(has)
    if (against) complain(name, `can't stand beside ${against}`)
    const wanted = needed[name]
    if (wanted && !wanted.some(has)) complain(name, `needs ${wanted.join(' or ')} beside it`)
  }
  if (!effects.some(has)) complain('status', `is missing: a rule needs one of ${effects.join(', ')}`)
  if (value.status !== undefined && NO_BODY.has(value.status) && (has('body') || has('cutBody')))
    complain('status', `${value.status} has no body`)
})

export type Rule = z.output<typeof Rule>

/** Body of `POST /_kms/faults`. The seed makes probabilities repeatable. */
export const Rules = z.strictObject({
  rules: z.array(Rule, ruleError('must be a list of rules')).max(100, 'must be at most 100'),
  seed: whole(0, 0xffff_ffff).default(1),
})
export type Rules = z.output<typeof Rules>
