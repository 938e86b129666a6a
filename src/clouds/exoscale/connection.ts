import * as z from 'zod/mini'
import { asSentence, type FieldName, type Reason, withStop } from '../errors.ts'
import type { Refusal, Wire } from '../http.ts'
import { ErrorBody } from './wire.ts'

const advice: Partial<Record<Reason, string>> = {
  invalid: 'Change what was entered and try again.',
  unauthorized:
    'Check, in this order: the clock of the machine that runs the gateway, its API key, and that key’s role.',
  'not-found': 'It may have been destroyed, or live in another zone.',
  'name-taken': 'Choose another name. A key whose deletion is pending keeps its name until it is destroyed.',
  state: 'Somebody may have changed the key since this page read it. Read it again.',
  limit: 'Automatic rotation goes on as before.',
  'rate-limited': 'Wait a moment, then try again.',
  unavailable: 'Choose another zone, or try again later.',
}

const fields: Record<string, FieldName> = {
  name: 'name',
  description: 'description',
  plaintext: 'plaintext',
  ciphertext: 'ciphertext',
  'encryption-context': 'encryptionContext',
  'rotation-period': 'rotationPeriod',
  'delay-days': 'deletionDelay',
}

const stateTitles = /^(key is disabled|key is pending deletion|not pending deletion|conflict)$/i

/** Both published revisions: a missing key is 404 or a 400 that says so, a taken name 409 or a 400 that says so. */
function reasonOf(status: number, lead: string, title: string): Reason {
  if (status === 404 || (status === 400 && /not found/i.test(`${title} ${lead}`))) return 'not-found'
  if (/name conflict|already exists/i.test(`${title} ${lead}`)) return 'name-taken'
  if (/manual rotation limit|quota/i.test(title)) return 'limit'
  if (stateTitles.test(title) || status === 409) return 'state'
  if (status === 400 || status === 422) return 'invalid'
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 429) return 'rate-limited'
  return status === 503 ? 'unavailable' : 'other'
}

type Entry = NonNullable<z.output<typeof ErrorBody>['errors']>[number]

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

/** Problem documents, the older `{"message"}` bodies, plain text: the first of detail, title, message, error leads. */
export function readError(status: number, body: unknown): Refusal {
  const parsed = z.safeParse(ErrorBody, body)
  const { title = '', detail, message, error, errors = [] } = parsed.success ? parsed.data : {}
  const lead = detail ?? (title || undefined) ?? message ?? error ?? `Exoscale answered ${status}`
  const entries = errors.map(sayEntry).filter((said) => said !== '' && said !== lead)
  const reason = reasonOf(status, lead, title)
  const named = errors.map(memberOf).find((member) => member !== undefined) ?? /^[a-z-]+/.exec(lead)?.[0]
  const field = reason === 'name-taken' ? 'name' : named === undefined ? undefined : fields[named]
  return {
    reason,
    message: [asSentence(lead), ...entries.map(withStop)].join(' '),
    advice: advice[reason] ?? 'Try again. If it stays, the request id helps Exoscale’s support.',
    ...(reason === 'invalid' || reason === 'name-taken' ? { field } : {}),
  }
}

/** How to reach the API of one zone. */
export const wireOf = (zone: string): Wire => ({
  cloud: 'exoscale',
  name: 'Exoscale',
  location: zone,
  gatewayPath: (path) => `/api/exoscale/${encodeURIComponent(zone)}${path.replace(/^\/v2/, '')}`,
  readError,
})
