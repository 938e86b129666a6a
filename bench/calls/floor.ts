/**
 * The least work for a call of cryptography over HTTP: `node:http` that parses JSON, runs the cipher or MAC with one fixed
 * key, and answers JSON. A program of its own, which sends its port to its parent.
 */
import { createCipheriv, createDecipheriv, createHmac, randomBytes, randomFillSync } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

const key = randomBytes(32)
const nonces = Buffer.alloc(12 * 1024)
let used = nonces.length

function freshNonce(): Buffer {
  if (used === nonces.length) {
    randomFillSync(nonces)
    used = 0
  }
  used += 12
  return nonces.subarray(used - 12, used)
}

function encrypt(plaintext: string): string {
  const nonce = freshNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  return Buffer.concat([nonce, cipher.update(plaintext, 'base64'), cipher.final(), cipher.getAuthTag()]).toString(
    'base64',
  )
}

function decrypt(ciphertext: string): string {
  const bytes = Buffer.from(ciphertext, 'base64')
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(-16))
  return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64')
}

type Body = Readonly<Record<string, string>>

const answers: Readonly<Record<string, (body: Body) => object>> = {
  '/encrypt': ({ plaintext = '' }) => ({ ciphertext: encrypt(plaintext) }),
  '/decrypt': ({ ciphertext = '' }) => ({ plaintext: decrypt(ciphertext) }),
  '/hmac': ({ input = '' }) => ({ hmac: createHmac('sha256', key).update(input, 'base64').digest('base64') }),
}

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => {
    const answer = answers[request.url ?? '']?.(JSON.parse(Buffer.concat(chunks).toString()))
    const text = JSON.stringify(answer)
    response.writeHead(answer ? 200 : 404, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text ?? ''),
    })
    response.end(text)
  })
})
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
process.once('disconnect', () => process.exit())
