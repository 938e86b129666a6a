/** Failed calls of a proxy, and the problems that they are answered as. */
import { Problem, type XksProxyError } from '../problems.ts'

/** `endpoint`: the call was not made. `refused`: the proxy answered an error. */
export type FailureReason = 'endpoint' | 'unreachable' | 'invalid-answer' | 'refused' | 'key-manager-unavailable'

export class ProxyFailure extends Error {
  readonly reason: FailureReason
  readonly answered: XksProxyError | undefined

  /** @param detail what is wrong with the proxy, or with `proxy.endpoint` */
  constructor(reason: FailureReason, detail: string, answered?: XksProxyError) {
    super(detail)
    this.reason = reason
    this.answered = answered
  }
}

/** Errors that say something of the request or the external key, not of the proxy. */
const ofRequest: ReadonlySet<string> = new Set([
  'ValidationException',
  'InvalidStateException',
  'InvalidCiphertextException',
  'InvalidKeyUsageException',
  'AccessDeniedException',
  'KeyNotFoundException',
  'UnsupportedOperationException',
])

/** Errors that say something of a store's settings: the member of the request, and what is wrong with it. */
const ofSettings: Readonly<Record<string, readonly [path: readonly string[], detail: string]>> = {
  AuthenticationFailedException: [['proxy', 'auth'], 'is refused by the proxy'],
  InvalidUriPathException: [['proxy', 'endpoint'], 'has a path that the proxy does not know'],
}

const badMember = (at: readonly string[], detail: string, { answered }: ProxyFailure) =>
  new Problem('bad-request', `${at.join('.')} ${detail}`, [{ at, detail }], answered)

const unhealthy = (store: string, { message, answered }: ProxyFailure) =>
  new Problem('key-store-proxy-unhealthy', `the proxy of the key store ${store}: ${message}`, [], answered)

/** Problem of a store that is created, changed or connected. */
export function storeProblem(store: string, failure: ProxyFailure): Problem {
  if (failure.reason === 'endpoint') return badMember(['proxy', 'endpoint'], failure.message, failure)
  const name = failure.answered?.['error-name'] ?? ''
  const setting = Object.hasOwn(ofSettings, name) ? ofSettings[name] : undefined
  return setting ? badMember(...setting, failure) : unhealthy(store, failure)
}

/** Problem of a key that is created: none but Bad Request is listed. */
export const newKeyProblem = (failure: ProxyFailure): Problem =>
  badMember(['xks', 'external-key-id'], `can't be used: ${failure.message}`, failure)

/** Problem of a key that is used. */
export function keyProblem(store: string, failure: ProxyFailure): Problem {
  const { message, answered } = failure
  return answered && ofRequest.has(answered['error-name'])
    ? new Problem('bad-request', `the proxy of the key store ${store}: ${message}`, [], answered)
    : unhealthy(store, failure)
}

/** Throws what `problem` makes of a failure of the proxy. */
export async function through<T>(call: Promise<T>, problem: (failure: ProxyFailure) => Problem): Promise<T> {
  try {
    return await call
  } catch (error) {
    throw error instanceof ProxyFailure ? problem(error) : error
  }
}
