import { type GatewayProblem, type GatewayProblemSlug, gatewayProblems } from '../../src/clouds/gateway/wire.ts'

const titles: Record<GatewayProblemSlug, string> = {
  'unknown-path': 'No Such Path',
  'unknown-zone': 'Unknown Zone',
  'method-not-allowed': 'Method Not Allowed',
  'foreign-host': 'Foreign Host',
  'foreign-origin': 'Foreign Origin',
  'read-only': 'Read Only',
  'body-too-large': 'Body Too Large',
  'upstream-unreachable': 'Cloud Unreachable',
  'upstream-not-json': 'Unreadable Answer',
  'upstream-credentials': 'Credentials Refused',
  'upstream-timeout': 'Cloud Too Slow',
}

/** A problem of the gateway itself, as its slug, a sentence for people, and the name of the cloud it is about. */
export interface Problem {
  readonly slug: GatewayProblemSlug
  readonly detail: string
  readonly cloud?: string
  readonly headers?: Readonly<Record<string, string>>
}

export const problemResponse = ({ slug, detail, cloud, headers }: Problem): Response => {
  const status = gatewayProblems[slug]
  const body: GatewayProblem = {
    type: `#/gateway/${slug}`,
    title: titles[slug],
    status,
    detail,
    ...(cloud === undefined ? {} : { cloud }),
  }
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json', ...headers },
  })
}

/** A problem found where there is no response to give yet. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.detail)
    this.problem = problem
  }
}
