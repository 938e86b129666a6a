import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from './kms/testing/thalassa-server.ts'
import { listen } from './listen.ts'
import { selfSigned } from './testing/self-signed.ts'

const files = () => {
  const folder = temporaryFolder()
  return { certFile: join(folder, 'tls.crt'), keyFile: join(folder, 'tls.key') }
}

type Files = ReturnType<typeof files>
type Pair = ReturnType<typeof selfSigned>

/** Replaces a file as certificate tools do it: by another one of its name. */
function put(file: string, content: string): void {
  writeFileSync(`${file}.new`, content)
  renameSync(`${file}.new`, file)
}

function putBoth({ certFile, keyFile }: Files, { cert, key }: Pair): void {
  put(certFile, cert)
  put(keyFile, key)
}

async function start(tls: Files) {
  const reports: string[] = []
  const answer = async () => ({ status: 200, headers: {}, body: 'secured' })
  const report = (text: string) => void reports.push(text)
  const server = await listen({ answer, host: '127.0.0.1', port: 0, variable: 'PORT', tls, report })
  onTestFinished(server.close)
  return { ...server, reports }
}

/** Name in the certificate of a new connection, and what a request is answered with. */
const ask = (port: number, ca: readonly string[]): Promise<{ name: string | undefined; text: string }> =>
  new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', ca: [...ca] }, () => {
      const name = String(socket.getPeerCertificate().subject.CN)
      let text = ''
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      socket.once('end', () => resolve({ name, text }))
      socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n')
    })
    socket.once('error', reject)
  })

test('speaks https with the certificate of the files, and with that which replaces it', async () => {
  const tls = files()
  const [first, second] = [selfSigned('first'), selfSigned('second')]
  putBoth(tls, first)
  const { url, port, reports } = await start(tls)
  expect(url).toBe(`https://127.0.0.1:${port}`)
  const ca = [first.cert, second.cert]
  expect(await ask(port, ca)).toMatchObject({
    name: 'first',
    text: expect.stringMatching(/^HTTP\/1\.1 200 .*secured/s),
  })

  put(tls.keyFile, second.key)
  await expect.poll(() => reports.at(-1)).toMatch(/^The new certificate can't be used, and the old one stays: /)
  expect(await ask(port, ca)).toMatchObject({ name: 'first' })
  put(tls.certFile, second.cert)
  await expect.poll(() => reports.at(-1)).toBe('The certificate was replaced: new connections use it.')
  expect(await ask(port, ca)).toMatchObject({ name: 'second' })
})

test.each([
  ['are not there', () => undefined],
  ['don’t belong together', (tls: Files) => putBoth(tls, { ...selfSigned('one'), key: selfSigned('other').key })],
  ['are no PEM', (tls: Files) => putBoth(tls, { cert: 'a certificate', key: 'a key' })],
])('does not start with files that %s', async (_, prepare) => {
  const tls = files()
  prepare(tls)
  await expect(start(tls)).rejects.toThrow(
    /^TLS_CERT_FILE and TLS_KEY_FILE must name a certificate and its key in PEM: /,
  )
})
