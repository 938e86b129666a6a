/**
 * XKS proxy for tests: a real server on this machine, written from the published API and independent of the client's code.
 * It verifies the signature of each request and encrypts with AES-256-GCM.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'

/** What the proxy does in place of its work. */
export type Behaviour =
  | { readonly kind: 'works' }
  /** Answers an error of the API. */
  | { readonly kind: 'error'; readonly status: number; readonly name: string; readonly message?: string }
  /** Answers these members in place of, or beside, its own. */
  | { readonly kind: 'members'; readonly members: Readonly<Record<string, unknown>> }
  /** Answers as given. */
  | {
      readonly kind: 'raw'
      readonly status?: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body: string
    }
  /** Never answers. */
  | { readonly kind: 'silent' }

export interface SeenRequest {
  readonly path: string
  readonly body: Readonly<Record<string, string>>
}

const CREDENTIAL = { key: 'XKSACCESSKEYFORTESTS', secret: 'c2VjcmV0IG9mIHRoZSBwcm94eSBpbiB0ZXN0cw==' }

const sha256 = (bytes: string | Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const hmac = (key: string | Uint8Array, text: string) => createHmac('sha256', key).update(text).digest()

/** Whether a request has the signature of AWS Signature Version 4 under the credential, and a recent time. */
function isSigned({ method, url, headers }: IncomingMessage, body: Buffer): boolean {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/kms-xks-proxy\/aws4_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/
  const [, key, date = '', region = '', names = '', signature] = form.exec(headers.authorization ?? '') ?? []
  const time = String(headers['x-amz-date'])
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? []
  const age = Date.now() - Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`)
  const signed = names.split(';')
  if (key !== CREDENTIAL.key || !time.startsWith(date) || !(Math.abs(age) < 300_000)) return false
  if (!['host', 'x-amz-date'].every((name) => signed.includes(name))) return false
  const canonical = [
    method,
    url,
    '',
    ...signed.map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n')
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${date}/${region}/kms-xks-proxy/aws4_request\n${sha256(canonical)}`
  const dateKey = hmac(`AWS4${CREDENTIAL.secret}`, date)
  const signingKey = hmac(hmac(hmac(dateKey, region), 'kms-xks-proxy'), 'aws4_request')
  return createHmac('sha256', signingKey).update(toSign).digest('hex') === signature
}

/** Input of AES-GCM: both parts with their lengths, as the API recommends. */
function associatedOf(associated: Buffer, metadata: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(associated.length)
  return Buffer.concat([length, associated, Buffer.of(metadata.length), metadata])
}

const bytes = (text: string | undefined) => Buffer.from(text ?? '', 'base64')

const METADATA = Buffer.from('key_version=1')

function encrypt(key: Buffer, body: SeenRequest['body']): object {
  const associated = bytes(body.additionalAuthenticatedData)
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, iv)
  cipher.setAAD(associatedOf(associated, METADATA))
  const ciphertext = Buffer.concat([cipher.update(bytes(body.plaintext)), cipher.final()])
  const tag = cipher.getAuthTag()
  const integrity = createHash('sha256')
    .update(Buffer.concat([associated, METADATA, iv, ciphertext, tag]))
    .digest()
  return {
    ciphertext: ciphertext.toString('base64'),
    ciphertextMetadata: METADATA.toString('base64'),
    initializationVector: iv.toString('base64'),
    authenticationTag: tag.toString('base64'),
    ciphertextDataIntegrityValue: integrity.toString('base64'),
  }
}

class Refusal extends Error {
  readonly status: number
  readonly errorName: string
  constructor(status: number, errorName: string) {
    super(errorName)
    this.status = status
    this.errorName = errorName
  }
}

function decrypt(key: Buffer, body: SeenRequest['body']): object {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes(body.initializationVector), { authTagLength: 16 })
    decipher.setAAD(associatedOf(bytes(body.additionalAuthenticatedData), bytes(body.ciphertextMetadata)))
    decipher.setAuthTag(bytes(body.authenticationTag))
    const plaintext = Buffer.concat([decipher.update(bytes(body.ciphertext)), decipher.final()])
    return { plaintext: plaintext.toString('base64') }
  } catch {
    throw new Refusal(400, 'InvalidCiphertextException')
  }
}

const health = {
  xksProxyFleetSize: 1,
  xksProxyVendor: 'Tests',
  xksProxyModel: 'Proxy of tests 1.0',
  ekmVendor: 'Tests',
  ekmFleetDetails: [{ id: 'hsm-1', model: 'Memory 1.0', healthStatus: 'ACTIVE' }],
}

export interface XksProxyOptions {
  /** Private key and certificate in PEM; without them the proxy speaks http. */
  readonly tls?: { readonly key: string; readonly cert: string }
}

/** Starts a proxy with the key `key-1` below the path `/tenant`. */
export async function startXksProxy({ tls }: XksProxyOptions = {}) {
  const keys = new Map([['key-1', randomBytes(32)]])
  const seen: SeenRequest[] = []
  let behaviour: Behaviour = { kind: 'works' }

  function work(path: string, body: SeenRequest['body']): object {
    if (path === '/tenant/kms/xks/v1/health') return health
    const [, id = '', operation] =
      /^\/tenant\/kms\/xks\/v1\/keys\/([\w.-]{1,128})\/(metadata|encrypt|decrypt)$/.exec(path) ?? []
    if (!operation) throw new Refusal(404, 'InvalidUriPathException')
    const key = keys.get(id)
    if (!key) throw new Refusal(404, 'KeyNotFoundException')
    if (operation === 'metadata') return { keySpec: 'AES_256', keyUsage: ['ENCRYPT', 'DECRYPT'], keyStatus: 'ENABLED' }
    return operation === 'encrypt' ? encrypt(key, body) : decrypt(key, body)
  }

  function answer(request: IncomingMessage, content: Buffer): [status: number, body: object] {
    const { url: path = '', method } = request
    if (method !== 'POST') return [405, {}]
    if (!isSigned(request, content)) return [401, { errorName: 'AuthenticationFailedException' }]
    if (behaviour.kind === 'error') {
      const { status, name, message } = behaviour
      return [status, { errorName: name, ...(message === undefined ? {} : { errorMessage: message }) }]
    }
    const body: SeenRequest['body'] = JSON.parse(content.toString('utf8'))
    seen.push({ path, body })
    try {
      return [200, { ...work(path, body), ...(behaviour.kind === 'members' ? behaviour.members : {}) }]
    } catch (error) {
      if (error instanceof Refusal) return [error.status, { errorName: error.errorName }]
      throw error
    }
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    if (behaviour.kind === 'silent') return
    if (behaviour.kind === 'raw') {
      const { status = 200, headers = {}, body } = behaviour
      response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body)
      return
    }
    const [status, body] = answer(request, Buffer.concat(chunks))
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

  const listener = (request: IncomingMessage, response: ServerResponse) => void handle(request, response)
  const server = tls ? createTlsServer(tls, listener) : createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  return {
    endpoint: tls ? `https://localhost:${port}/tenant` : `http://127.0.0.1:${port}/tenant`,
    auth: CREDENTIAL,
    keyId: 'key-1',
    /** Requests with a valid signature that it worked on. */
    seen,
    behave(next: Behaviour) {
      behaviour = next
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export type XksProxy = Awaited<ReturnType<typeof startXksProxy>>
