import { randomBytes } from 'node:crypto'
import type { CloudApi, CloudParts } from '../cloud.ts'
import type { Credentials } from '../engine/credentials.ts'
import { CLOUD } from './keys.ts'
import { rotateWhenDue } from './lifecycle.ts'
import { createKeyOperations } from './operations.ts'
import { type Answer, answer, message, notFound, Problem, problemAnswer } from './problems.ts'
import { findOperation, locate, readBytes, readTarget, type Target, targetOf } from './request.ts'
import { admit, isSigned, WRONG_SIGNATURE } from './signature.ts'
import type { Switches } from './switches.ts'
import { zoneList } from './zones.ts'

/** Two revisions of the API were published: the first, and today's. They differ in statuses and a few members. */
export type ApiRevision = 'reference' | '2026-07'

export interface ExoscaleApi extends CloudApi {
  /**
   * @param target the request target as it came over the wire, for servers whose `request.url` is normalised: the
   * signature covers the very characters of the path
   */
  fetch(request: Request, target?: string): Promise<Response>
  readonly credential: { readonly key: string; readonly secret: string }
}

/** Of the vendor's form: `EXO` and 24 hexadecimal digits; a secret of 32 bytes in base64url. */
async function makeCredential(credentials: Credentials): Promise<void> {
  await credentials.add({
    cloud: CLOUD,
    id: `EXO${randomBytes(12).toString('hex')}`,
    name: 'local',
    secret: randomBytes(32).toString('base64url'),
    attributes: { role: 'Owner' },
  })
}

const preflight = () =>
  new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-methods': 'GET, POST, PUT, DELETE, OPTIONS',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    },
  })

const send = ({ status, contentType, body }: Answer) =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': contentType } })

/** Exoscale's KMS API for the eight zones, on the engine. Makes an API key if there is none. */
export async function openExoscale(
  parts: CloudParts & { revision: ApiRevision; switches: Switches },
): Promise<ExoscaleApi> {
  const { credentials, clock, revision } = parts
  if ((await credentials.all(CLOUD)).length === 0) await makeCredential(credentials)
  const known = await credentials.all(CLOUD)
  const [first] = known
  if (!first) throw new Error('the API key that was just made is gone')
  const secrets = new Map(known.map(({ id, secret }) => [id, secret]))
  const operations = createKeyOperations(parts)

  /** The body, if the request is signed for it; else the answer that refuses it. */
  async function authenticate(request: Request, { path, query }: Target): Promise<Uint8Array | Answer> {
    const admission = admit(request.headers.get('authorization'), (key) => secrets.get(key), clock.now())
    if ('refusal' in admission) return message(403, admission.refusal)
    const body = await readBytes(request)
    const signed = body && isSigned(admission, { method: request.method, path, query, body })
    return signed ? body : message(403, WRONG_SIGNATURE)
  }

  async function respond(request: Request, target: Target): Promise<Answer> {
    const location = locate(target.path)
    if (!location) return notFound
    const found = findOperation(request.method, location.below)
    const zones = () => answer(zoneList(parts.address() ?? new URL(request.url).origin))
    if (found?.operation === 'list-zones' && !request.headers.has('authorization')) return zones()
    const body = await authenticate(request, target)
    if (!(body instanceof Uint8Array)) return body
    if (!found) return notFound
    if (found.operation === 'list-zones') return zones()
    const operation = operations.get(found.operation)
    if (!operation) return notFound
    const content = { bytes: body, type: request.headers.get('content-type') }
    return operation({ zone: location.zone, id: found.id ?? '' }, content)
  }

  return {
    cloud: CLOUD,
    rotate: rotateWhenDue,
    credential: { key: first.id, secret: first.secret },
    async fetch(request, wire = targetOf(request.url)) {
      if (request.method === 'OPTIONS') return preflight()
      const target = readTarget(wire)
      try {
        return send(await respond(request, target))
      } catch (error) {
        if (error instanceof Problem) return send(problemAnswer(error, revision, target.path))
        // A client that went away in the middle of its body is no failure of ours.
        if (!request.signal.aborted) parts.report?.(error)
        return send(message(500, 'Internal Server Error'))
      }
    },
  }
}
