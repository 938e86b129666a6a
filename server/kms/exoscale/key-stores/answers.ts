/** Answers of the XKS proxy API, read strictly. */
import * as z from 'zod'
import { fromBase64 } from '../../field-rules.ts'
import type { XksProxyError } from '../problems.ts'
import { ProxyFailure } from './failure.ts'
import type { ProxyAnswer } from './request.ts'

const bytes = z.string().transform((text, { issues }) => {
  const read = fromBase64(text)
  if (read) return read
  issues.push({ code: 'custom', message: 'is not base64', input: text })
  return z.NEVER
})
const ofLength = (...lengths: readonly number[]) => bytes.refine(({ length }) => lengths.includes(length))

export const Health = z.object({
  xksProxyFleetSize: z.int().min(1),
  xksProxyVendor: z.string(),
  xksProxyModel: z.string(),
  ekmVendor: z.string(),
  ekmFleetDetails: z
    .array(z.object({ id: z.string(), model: z.string(), healthStatus: z.enum(['ACTIVE', 'DEGRADED', 'UNAVAILABLE']) }))
    .min(1)
    .max(10),
})

export const Metadata = z.object({ keySpec: z.string(), keyUsage: z.array(z.string()).max(10), keyStatus: z.string() })

export const Encrypted = z.object({
  ciphertext: bytes,
  ciphertextMetadata: z.optional(bytes.refine(({ length }) => length <= 20)),
  initializationVector: ofLength(12, 16),
  authenticationTag: ofLength(16),
  ciphertextDataIntegrityValue: ofLength(32),
})

export const Decrypted = z.object({ plaintext: bytes })

const ErrorAnswer = z.object({
  errorName: z.string().regex(/^[A-Za-z]{1,100}$/),
  /** Left out where it breaks the rules of the API. */
  errorMessage: z.optional(z.string().regex(/^[ -~]{1,511}$/)).catch(undefined),
})

const JSON_TYPE = /^application\/json *(?:;|$)/i

export const invalid = (what: string) => new ProxyFailure('invalid-answer', what)

/** Undefined for anything but JSON. */
function jsonOf({ type, body }: ProxyAnswer): unknown {
  if (!JSON_TYPE.test(type)) return undefined
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** Failure that an answer with another status than 200 tells. */
function refusalOf(answer: ProxyAnswer): ProxyFailure {
  const { status } = answer
  if (status >= 300 && status < 400) return invalid(`it answers with a redirect (${status}), which is not followed`)
  const read = ErrorAnswer.safeParse(jsonOf(answer))
  if (!read.success) return invalid(`it answers with the status ${status} and no error of the XKS proxy API`)
  const { errorName, errorMessage } = read.data
  const answered: XksProxyError = {
    'error-name': errorName,
    ...(errorMessage === undefined ? {} : { 'error-message': errorMessage }),
  }
  return new ProxyFailure('refused', `it answers ${errorName}`, answered)
}

/** Content of an answer. Throws ProxyFailure for a refusal, and for anything that the API does not have. */
export function readAnswer<T extends z.ZodType>(schema: T, answer: ProxyAnswer): z.output<T> {
  if (answer.status !== 200) throw refusalOf(answer)
  const content = jsonOf(answer)
  if (content === undefined) throw invalid('its answer is not application/json')
  const { success, data, error } = schema.safeParse(content)
  if (success) return data
  throw invalid(`its answer has no valid ${error.issues[0]?.path.join('.') || 'content'}`)
}
