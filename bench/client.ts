/** Calls of the local KMS over connections that are kept, in both providers' formats. */
import { Agent, request as send } from 'node:http'
import { signatureHeader } from '../server/gateway/exoscale/signature.ts'
import { defaultZone } from '../src/clouds/exoscale/rules.ts'
import { consoleAddress, found, kmsAddress, type Server } from './server.ts'

export interface Answer {
  readonly status: number
  readonly body: Buffer
}

/** One call; an object becomes JSON. */
export type Call = (
  method: string,
  path: string,
  body?: object,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>

export interface Client {
  /** Paths as those of the providers: `/v1/kms/…`, `/v2/kms-key…`. */
  readonly thalassa: Call
  readonly exoscale: Call
  close(): void
}

/** Milliseconds after which a call fails. */
const LONGEST = 120_000
/** Connections of a client; further calls wait for one. A server takes a thousand. */
const MOST_CONNECTIONS = 200

const NOTHING = Buffer.alloc(0)

function caller(base: string, agent: Agent, headersOf: (signed: { method: string; url: URL; body: Buffer }) => object) {
  const call: Call = (method, path, content, more) =>
    new Promise((resolve, reject) => {
      const url = new URL(base + path)
      const body = content ? Buffer.from(JSON.stringify(content)) : NOTHING
      const headers = {
        ...headersOf({ method, url, body }),
        ...more,
        ...(content && { 'content-type': 'application/json', 'content-length': body.length }),
      }
      const call = send(url, { method, agent, headers, timeout: LONGEST }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks) }))
        answer.on('error', reject)
      })
      call.on('timeout', () => call.destroy(new Error(`no answer within ${LONGEST} ms`)))
      call.on('error', reject)
      call.end(body)
    })
  return call
}

/** Client of a local KMS with the credentials that its server printed. */
export function openClient({ output }: Server): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS })
  const exported = (name: string) => found(output, new RegExp(`^export ${name}=(.*)$`, 'm'))
  const token = {
    authorization: `Token ${exported('THALASSA_PERSONAL_ACCESS_TOKEN')}`,
    'x-organisation-identity': exported('THALASSA_ORGANISATION_ID'),
  }
  const credential = { key: exported('EXOSCALE_API_KEY'), secret: exported('EXOSCALE_API_SECRET') }
  const expires = () => Math.floor(Date.now() / 1000) + 600
  return {
    thalassa: caller(kmsAddress(output), agent, () => token),
    exoscale: caller(kmsAddress(output), agent, (signed) => ({
      authorization: signatureHeader(signed, credential, expires()),
    })),
    close: () => agent.destroy(),
  }
}

/** Client of a console's gateway, which adds the credentials. */
export function openGatewayClient({ output }: Server): Client {
  const agent = new Agent({ keepAlive: true, maxSockets: MOST_CONNECTIONS })
  const base = consoleAddress(output)
  const zone = caller(`${base}/api/exoscale/${defaultZone}`, agent, () => ({}))
  return {
    thalassa: caller(`${base}/api/thalassa`, agent, () => ({})),
    // The gateway names the zone in place of the version.
    exoscale: (method, path, ...rest) => zone(method, path.replace(/^\/v2/, ''), ...rest),
    close: () => agent.destroy(),
  }
}
