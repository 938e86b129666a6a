import { type GatewayProblem, type GatewayProblemSlug, gatewayProblems } from '../../src/clouds/gateway/wire.ts'
import { type HttpAnswer, jsonAnswer } from '../http/exchange.ts'

const titles: Record<GatewayProblemSlug, string> = {
  'unknown-path': 'No Such Path',
  'unknown-zone': 'Unknown Zone',
  'method-not-allowed': 'Method Not Allowed',
  'foreign-host': 'Foreign Host',
  'foreign-origin': 'Foreign Origin',
  'read-only': 'Read Only',
  'signed-out': 'Not Signed In',
  'sign-in-refused': 'Sign-in Failed',
  'sign-in-unavailable': 'Sign-in Not Available',
  'not-allowed': 'Not Allowed',
  'approval-needed': 'Approval Needed',
  'approval-state': 'Not Possible Now',
  'invalid-request': 'Invalid Request',
  'records-unavailable': 'Records Not Available',
  'too-many-requests': 'Too Many Requests',
  'body-too-large': 'Body Too Large',
  'body-not-json': 'Body Is No JSON',
  'upstream-unreachable': 'Cloud Unreachable',
  'upstream-not-json': 'Unreadable Answer',
  'upstream-credentials': 'Credentials Refused',
  'upstream-timeout': 'Cloud Too Slow',
}

/** Problem of the gateway itself: slug, message for the user, and name of the provider. */
export interface Problem {
  readonly slug: GatewayProblemSlug
  readonly detail: string
  readonly cloud?: string
  readonly signIn?: GatewayProblem['signIn']
  readonly headers?: Readonly<Record<string, string>>
}

export const problemAnswer = ({ slug, detail, cloud, signIn, headers }: Problem): HttpAnswer => {
  const status = gatewayProblems[slug]
  const body: GatewayProblem = {
    type: `#/gateway/${slug}`,
    title: titles[slug],
    status,
    detail,
    ...(cloud === undefined ? {} : { cloud }),
    ...(signIn === undefined ? {} : { signIn }),
  }
  return jsonAnswer(body, status, { 'content-type': 'application/problem+json', ...headers })
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')

/** The problem as a page, for a browser that opens it. */
export const problemPage = ({ slug, detail, headers }: Problem): HttpAnswer => ({
  status: gatewayProblems[slug],
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><title>${titles[slug]}</title><h1>${titles[slug]}</h1><p>${escaped(detail)}</p></html>`,
})

/** Error that is answered as a problem. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}
