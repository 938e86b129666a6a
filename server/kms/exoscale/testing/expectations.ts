/** Expectations of answers in the published revisions. */
import { expect } from 'vitest'
import type { ZodMiniType } from 'zod/mini'
import { type ApiRevision, apiRevisions, includes } from '../../../../src/clouds/exoscale/revisions.ts'
import type { Reply, TestServer } from './server.ts'

export const revisions: readonly ApiRevision[] = apiRevisions
export const olderRevisions = revisions.filter((revision) => !includes(revision, '2026-11'))

/** Members of answers that came with November 2026; none for the older revisions. */
export const sinceNovember = <T extends object>(revision: ApiRevision, members: T): Partial<T> =>
  includes(revision, '2026-11') ? members : {}

/** The algorithm that a call with a symmetric key answers. */
export const withAes = (revision: ApiRevision): { readonly 'encryption-algorithm'?: string } =>
  sinceNovember(revision, { 'encryption-algorithm': 'AES_256' })

export const at = (time: number) => new Date(time).toISOString()

/** Body of an answer, validated by its schema without unknown members. */
export function answered<T>(reply: Reply, status: number, schema: ZodMiniType<T>): T {
  expect(reply).toMatchObject({ status, headers: { 'content-type': 'application/json; charset=utf-8' } })
  const result = schema.parse(reply.body)
  expect(result).toEqual(reply.body)
  expectTimestamps(reply.body)
  return result
}

/** Checks that every time is RFC 3339 in UTC. */
function expectTimestamps(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const [name, member] of Object.entries(value)) {
    if (/^at$|-(?:at|since)$/.test(name)) expect(member).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/)
    expectTimestamps(member)
  }
}

export interface ExpectedProblem {
  /** In the first revision. */
  readonly status: number
  /** In the current revision, if different. */
  readonly today?: number
  readonly slug: string
  readonly title: string
  readonly detail?: string
  /** In the first revision only. */
  readonly errors?: readonly object[]
}

export const keyNotFound: ExpectedProblem = { status: 404, today: 400, slug: 'key-not-found', title: 'Key Not Found' }
export const conflict: ExpectedProblem = { status: 409, today: 400, slug: 'conflict', title: 'Conflict' }

/** Refusal of a wrong member of a body. */
export const badMember = (name: string, rule: string): ExpectedProblem => ({
  status: 400,
  slug: 'bad-request',
  title: 'Bad Request',
  detail: `${name} ${rule}`,
  errors: [
    { path: name, pointer: `/${name}`, location: name.includes('-') ? `$['${name}']` : `$.${name}`, detail: rule },
  ],
})

/** Refusal of a body as a whole. */
export const invalidBody = (detail: string): ExpectedProblem => ({
  status: 400,
  slug: 'request-invalid-body',
  title: 'Invalid Request Body',
  detail,
  errors: [{ path: '', pointer: '', location: '$', detail }],
})

const isOnKeys = (path: string): boolean => path.includes('/kms-key')

/** Checks a problem document with exactly the members of the revision. */
export function expectProblem(reply: Reply, expected: ExpectedProblem, revision: ApiRevision, path: string): void {
  const { slug, title, detail, errors } = expected
  const status = revision === 'reference' ? expected.status : (expected.today ?? expected.status)
  const reference = { instance: path, ...(errors ? { errors } : {}) }
  expect(reply.headers['content-type']).toBe('application/problem+json')
  expect(reply.status).toBe(status)
  expect(reply.body).toEqual({
    type: `#/http-problem-types/${slug}`,
    title,
    status,
    detail: detail ?? expect.stringMatching(/./),
    ...(isOnKeys(path) ? {} : { message: reply.body.detail }),
    ...(revision === 'reference' ? reference : {}),
  })
}

/** Sends a POST that must be refused. */
export async function expectRefused(
  server: TestServer,
  path: string,
  body: object | string | undefined,
  problem: ExpectedProblem,
): Promise<void> {
  expectProblem(await server.post(path, body), problem, server.revision, path)
}
