/** Lives the demonstration's history through the local KMS's own API, on a clock that travels. */
import * as z from 'zod'
import { signatureHeader } from '../gateway/exoscale/signature.ts'
import { type LocalKms, openKms } from '../kms/kms.ts'
import { createLogger } from '../log.ts'
import { knownRoles } from './access.ts'
import { type ApiRequest, type HistoryStep, history } from './history.ts'

interface SeedOptions {
  readonly dataDir: string
  readonly exoscaleApi: 'reference' | '2026-07'
  /** Milliseconds since the epoch: when the history ends. */
  readonly now: number
}

const Created = z.union([
  // Of a role, for whose making the cloud answers an operation.
  z.object({ reference: z.object({ id: z.string() }) }).transform(({ reference }) => reference.id),
  z.object({ identity: z.string() }).transform(({ identity }) => identity),
  z.object({ id: z.string() }).transform(({ id }) => id),
])

const headersFor = (
  { thalassa, exoscale }: LocalKms['credentials'],
  { at, cloud }: HistoryStep,
  request: { readonly method: string; readonly url: URL; readonly body: Uint8Array },
): Record<string, string> => ({
  ...(request.body.length > 0 ? { 'content-type': 'application/json' } : {}),
  ...(cloud === 'thalassa'
    ? { authorization: `Token ${thalassa.token}`, 'x-organisation-identity': thalassa.organisation }
    : { authorization: signatureHeader(request, exoscale, Math.floor(at / 1000) + 600) }),
})

const send = async (
  kms: LocalKms,
  moment: HistoryStep,
  { method, path, body }: ApiRequest,
  id: string,
): Promise<unknown> => {
  const url = new URL(path.replace('{id}', id), 'http://kms.local')
  const bytes = new TextEncoder().encode(body === undefined ? '' : JSON.stringify(body).replaceAll('{id}', id))
  const headers = headersFor(kms.credentials, moment, { method, url, body: bytes })
  const answer = await kms.fetch(new Request(url, { method, headers, ...(bytes.length > 0 ? { body: bytes } : {}) }))
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${method} ${path} for ${moment.key}: ${answer.status} ${text}`)
  return text === '' ? undefined : JSON.parse(text)
}

/** @throws Error when the local KMS refuses a step, which is a mistake in the history */
export const seedDemo = async ({ dataDir, exoscaleApi, now }: SeedOptions): Promise<void> => {
  let at = now
  const open = () =>
    openKms({ dataDir, exoscaleApi, clock: { now: () => at }, log: createLogger('silent'), address: () => undefined })
  const ids = new Map([...knownRoles].map(([name, id]) => [`role/${name}`, id]))
  let kms: LocalKms | undefined
  for (const moment of history(now)) {
    at = moment.at
    // What is due is done at start: where a rotation falls due, the KMS is started anew.
    if (moment.requests.length === 0) {
      await kms?.close()
      kms = undefined
    }
    kms ??= await open()
    for (const ask of moment.requests) {
      const answer = await send(kms, moment, ask, ids.get(moment.key) ?? '')
      if (!ids.has(moment.key)) ids.set(moment.key, Created.parse(answer))
    }
  }
  await kms?.close()
}
