/** Reading of Thalassa's error answers, loaded when one comes. */
import { parseAnswer } from '../answer.ts'
import { asSentence, type FieldName, type Reason } from '../errors.ts'
import type { Refusal } from '../http.ts'
import { ErrorBody } from './wire.ts'

const reasons: Record<number, Reason> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'feature-off',
  404: 'not-found',
  409: 'name-taken',
  429: 'rate-limited',
  503: 'unavailable',
}

const advice: Partial<Record<Reason, string>> = {
  invalid: 'Change the input and try again.',
  unauthorized: 'Check the token in the gateway’s environment; it may have expired.',
  'feature-off': 'Ask Thalassa to enable KMS for the organisation.',
  'not-found':
    'It does not exist, belongs to another project, or your role can’t read it. The API gives the same answer for all three.',
  'name-taken': 'Choose another name. A key whose deletion is pending keeps its slug until it is destroyed.',
  state: 'Somebody may have changed the key since this page read it. Read it again.',
  'rate-limited': 'Wait a moment, then try again.',
  unavailable: 'Choose another region, or try again later.',
}

const fields: readonly (readonly [RegExp, FieldName])[] = [
  [/^name\b/i, 'name'],
  [/^description\b/, 'description'],
  [/^labels?\b/, 'labels'],
  [/^annotations?\b/, 'annotations'],
  [/^(keyType|operation)\b/, 'type'],
  [/^rotationPeriodInDays\b/, 'rotationPeriod'],
  [/^plaintext\b/, 'plaintext'],
  [/ciphertext\b/, 'ciphertext'],
  [/^key ?version\b/i, 'keyVersion'],
  [/^input\b/, 'input'],
  [/^(hashAlgorithm|algorithm)\b/, 'hash'],
  [/\bsignature\b/, 'signature'],
  [/\bhmac\b/, 'hmac'],
  [/^(importKeyMaterial|hashFunction)\b/, 'material'],
]

/** Advice that is more specific than that of the status. */
const adviceFor: readonly (readonly [RegExp, string])[] = [
  [
    /^importKeyMaterial\b/,
    'Wrap the key again with this region’s wrapping key and this hash, then enter the new blob.',
  ],
  [
    /^rotation is not allowed for this imported key$/,
    'It was imported without rotation, which can’t be changed. Import new material as another key.',
  ],
]

/** Thalassa's errors are `{"message": "…"}`; anything else is tolerated. */
export function readError(status: number, body: unknown): Refusal {
  const parsed = parseAnswer(ErrorBody, body)
  const phrase = 'data' in parsed ? parsed.data.message : `Thalassa Cloud answered ${status}`
  const wrongState = status === 400 && /^kms key is /.test(phrase)
  const reason = wrongState ? 'state' : (reasons[status] ?? 'other')
  const field = reason === 'name-taken' ? 'name' : fields.find(([pattern]) => pattern.test(phrase))?.[1]
  return {
    reason,
    message: asSentence(phrase.replace(/\bkms\b/g, 'KMS')),
    advice:
      adviceFor.find(([pattern]) => pattern.test(phrase))?.[1] ??
      advice[reason] ??
      'Try again. If it stays, send the request id to Thalassa’s support.',
    ...(reason === 'invalid' || reason === 'name-taken' ? { field } : {}),
  }
}
