import { capitalize } from '../lib/capitalize.ts'
import { isChunkLoadError } from '../lib/chunk-load-error.ts'
import type { CloudId } from './model.ts'

/** Kind of failure, which each provider reads from its statuses and messages. */
export type Reason =
  | 'invalid'
  | 'unauthorized'
  | 'feature-off'
  | 'not-found'
  | 'name-taken'
  | 'state'
  | 'limit'
  /** The provider manages the key: nobody can do this to it. */
  | 'managed'
  /** A signature that was checked does not match: a verdict, no failure. */
  | 'signature-mismatch'
  | 'unavailable'
  | 'rate-limited'
  | 'read-only'
  /** Nobody is signed in. */
  | 'signed-out'
  /** The person's role is not enough. */
  | 'not-allowed'
  /** A second person must approve the call. */
  | 'approval-needed'
  | 'gateway'
  | 'network'
  | 'broken-answer'
  | 'other'

/** Fields of the console's forms that a server's message can land on. */
export type FieldName =
  | 'location'
  | 'name'
  | 'description'
  | 'labels'
  | 'annotations'
  | 'type'
  | 'externalKey'
  | 'rotationPeriod'
  | 'deletionDelay'
  | 'plaintext'
  | 'ciphertext'
  | 'keyVersion'
  | 'input'
  | 'hash'
  | 'signature'
  | 'hmac'
  | 'encryptionContext'
  | 'material'
  | 'policy'
  | 'endpoint'
  | 'accessKey'
  | 'secretKey'

/** Call as it is asked for approval: the path is that of the gateway after `/api/PROVIDER`. */
export interface ApprovableCall {
  readonly provider: CloudId
  readonly method: string
  readonly path: string
  readonly project?: string | undefined
  readonly body?: unknown
}

export interface CallErrorDetails {
  /** Absent for a failure of the gateway's own calls or of the console itself. */
  readonly cloud?: CloudId | undefined
  readonly reason: Reason
  /** Message of the server, or the console's where it gave none, as a sentence. */
  readonly message: string
  /** The way out, one or two sentences. */
  readonly advice: string
  readonly field?: FieldName | undefined
  readonly method: string
  /** As the cloud has it, without the gateway's prefix. */
  readonly path: string
  /** HTTP status; absent when no answer came. */
  readonly status?: number
  readonly requestId?: string | undefined
  /** Milliseconds to wait before another try, where the server named them. */
  readonly retryAfter?: number | undefined
  /** Id of the call in the request log. */
  readonly logId?: number | undefined
  /** How to sign in, for somebody who has not. */
  readonly signIn?: 'provider' | 'token' | undefined
  /** The call that a second person must approve. Such calls send no secret. */
  readonly approvable?: ApprovableCall | undefined
}

/** Every failed call is one of these. Holds no body that was sent, but for a call that needs an approval. */
export class CallError extends Error {
  readonly details: CallErrorDetails

  constructor(details: CallErrorDetails) {
    super(details.message)
    this.name = 'CallError'
    this.details = details
  }
}

/** Capital first letter and a full stop, so that a server's phrase reads as a sentence. */
export const asSentence = (phrase: string): string => {
  const text = phrase.trim()
  return withStop(capitalize(text))
}

export const withStop = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)

/** Details of any thrown value; a failure of the console itself has its own message. */
export function detailsOf(error: unknown): CallErrorDetails {
  if (error instanceof CallError) return error.details
  const nowhere = { reason: 'other', method: '', path: '' } as const
  if (isChunkLoadError(error))
    return {
      ...nowhere,
      message: 'A part of the console could not be loaded.',
      advice: 'The network is down, or the console was updated. If Retry does not help, reload the page.',
    }
  return {
    ...nowhere,
    message: 'The console failed.',
    advice: 'Reload the page. If it fails again, see the browser’s console.',
  }
}

/** Refusals of the gateway itself: nothing reached the cloud. */
const ofGateway: ReadonlySet<Reason> = new Set(['read-only', 'signed-out', 'not-allowed', 'approval-needed'])

/**
 * Whether a change that failed may have been made all the same: no answer came, a broken one, or a server's failure. A cloud
 * that says it is not available has done nothing.
 */
export function mayHaveSucceeded(error: unknown): boolean {
  const { reason, status, method } = detailsOf(error)
  // Never sent: the console itself failed, or the gateway had no credentials to send it with.
  if (method === '' || reason === 'unauthorized' || reason === 'unavailable' || ofGateway.has(reason)) return false
  return status === undefined || status >= 500 || reason === 'broken-answer'
}

/** `GET /v1/kms/nl-01/keys · 503 · request 7f3c19e2` */
export function requestLine({ method, path, status, requestId }: CallErrorDetails): string | undefined {
  if (!method) return undefined
  return [`${method} ${path}`, status ?? 'no answer', requestId && `request ${requestId}`].filter(Boolean).join(' · ')
}
