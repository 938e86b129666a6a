/** Reading of Exoscale's error answers, loaded when one comes. */
import * as z from 'zod/mini'
import { formatNumber } from '../../lib/numbers.ts'
import { asSentence, type FieldName, type Reason, withStop } from '../errors.ts'
import type { Refusal } from '../http.ts'
import { limits } from './rules.ts'
import { ErrorBody } from './wire-errors.ts'

const advice: Partial<Record<Reason, string>> = {
  invalid: 'Change the input and try again.',
  unauthorized:
    'Check, in this order: the clock of the machine that runs the gateway, its API key, and that key’s role.',
  'not-found': 'It may be destroyed, or exist in another zone.',
  'name-taken': 'Choose another name. A key whose deletion is pending keeps its name until it is destroyed.',
  state: 'Somebody may have changed the key since this page read it. Read it again.',
  'rate-limited': 'Wait a moment, then try again.',
  unavailable: 'Choose another zone, or try again later.',
}

const fields: Record<string, FieldName> = {
  name: 'name',
  usage: 'type',
  'key-spec': 'type',
  description: 'description',
  plaintext: 'plaintext',
  ciphertext: 'ciphertext',
  'encryption-context': 'encryptionContext',
  'rotation-period': 'rotationPeriod',
  'delay-days': 'deletionDelay',
  zone: 'location',
  xks: 'externalKey',
  message: 'input',
  signature: 'signature',
}

interface Known {
  readonly title: RegExp
  readonly reason: Reason
  /** Advice that is more specific than that of the reason. */
  readonly advice?: string
  /** Field that it is about. */
  readonly field?: FieldName
}

/** Problems of the published catalogue that only their title identifies. */
const catalogue: readonly Known[] = [
  { title: /^(key is disabled|key is pending deletion|not pending deletion|conflict)$/i, reason: 'state' },
  {
    title: /^not on default$/i,
    reason: 'managed',
    advice:
      'This is the organisation’s default key, managed by Exoscale. It can be used and rotated, but not disabled, deleted or replicated.',
  },
  {
    title: /^not on (a )?replica$/i,
    reason: 'state',
    advice: 'This is a replica. Do it on the primary, in the key’s origin zone.',
  },
  {
    title: /^not multizone$/i,
    reason: 'state',
    advice: 'Only a multi-zone key can be replicated, which is chosen at creation. Create another key.',
  },
  { title: /^invalid signature$/i, reason: 'signature-mismatch' },
  { title: /^invalid algorithm$/i, reason: 'invalid', advice: 'Choose an algorithm that fits the key.' },
  { title: /^invalid (usage|origin)$/i, reason: 'state', advice: 'Keys of this kind can’t do that. Choose another.' },
  { title: /^invalid argument$/i, reason: 'invalid' },
  { title: /manual rotation limit/i, reason: 'limit', advice: 'Automatic rotation continues.' },
  {
    title: /quota/i,
    reason: 'limit',
    field: 'location',
    advice: `A zone holds ${formatNumber(limits.keysPerZone)} keys, replicas not counted. Choose another zone, or delete unused keys.`,
  },
]

/** Reason in every revision: a missing key is 404 or 400 by its text, a taken name 409 or 400 by its text. */
function reasonOf(status: number, lead: string, title: string): Reason {
  if (status === 404 || (status === 400 && /not found/i.test(`${title} ${lead}`))) return 'not-found'
  if (/name conflict|already exists/i.test(`${title} ${lead}`)) return 'name-taken'
  if (status === 409) return 'state'
  if (status === 400 || status === 422) return 'invalid'
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate-limited'
  return status === 503 ? 'unavailable' : 'other'
}

type Body = z.output<typeof ErrorBody>
type Entry = NonNullable<Body['errors']>[number]

/** `$['delay-days']`, `$.value` or `/delay-days` → the member's name. */
const memberOf = (entry: Entry): string | undefined => {
  if (typeof entry === 'string') return undefined
  const place = entry.location ?? entry.pointer ?? entry.path ?? ''
  return /([a-z][a-z-]*)['"\]]*$/.exec(place)?.[1]
}

const sayEntry = (entry: Entry) => {
  if (typeof entry === 'string') return entry
  const said = entry.detail ?? entry.message ?? ''
  const member = memberOf(entry)
  return member && !said.startsWith(member) ? `${member}: ${said}` : said
}

const sayProxy = ({ 'error-name': name, 'error-message': said }: NonNullable<Body['xks-proxy-error']>) =>
  withStop(`The key store’s proxy answered ${[name, said].filter(Boolean).join(': ')}`)

/** Problem documents, the older `{"message"}` bodies, plain text: the first of detail, title, message, error leads. */
export function readError(status: number, body: unknown): Refusal {
  const parsed = z.safeParse(ErrorBody, body)
  const {
    title = '',
    detail,
    message,
    error,
    errors = [],
    'xks-proxy-error': proxy,
  } = parsed.success ? parsed.data : {}
  const lead = detail ?? (title || undefined) ?? message ?? error ?? `Exoscale answered ${status}`
  const entries = errors.map(sayEntry).filter((said) => said !== '' && said !== lead)
  const known = catalogue.find((one) => one.title.test(title))
  const reason = known?.reason ?? reasonOf(status, lead, title)
  const named = errors.map(memberOf).find((member) => member !== undefined) ?? /^[a-z-]+/.exec(lead)?.[0]
  const own = reason === 'name-taken' ? 'name' : known?.field
  const invalid = reason === 'invalid' && named !== undefined ? fields[named] : undefined
  return {
    reason,
    message: [asSentence(lead), ...entries.map(withStop), ...(proxy ? [sayProxy(proxy)] : [])].join(' '),
    advice: known?.advice ?? advice[reason] ?? 'Try again. If it stays, send the request id to Exoscale’s support.',
    field: own ?? invalid,
  }
}
