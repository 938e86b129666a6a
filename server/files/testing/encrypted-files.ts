/** Test setup of the program: a local KMS with a key of each provider, and files encrypted with them. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Encrypter, Stanza } from 'age-encryption'
import { writeFileStanza } from '../../../src/lib/age/kms-stanza.ts'
import { readConfig } from '../../config.ts'
import { connect } from '../../connect.ts'
import { createGateway } from '../../gateway/gateway.ts'
import { ownHosts } from '../../gateway/guard.ts'
import { fetchOf } from '../../http/over-fetch.ts'
import { listen } from '../../listen.ts'
import { createLogger } from '../../log.ts'
import { decryptFileProgram } from '../../testing/program.ts'
import { decryptFile } from '../command.ts'

export const folder = mkdtempSync(join(tmpdir(), 'decrypt-file-'))
export const dataDir = join(folder, 'data')
const environment = { KMS_DATA_DIR: dataDir, KMS_ENV_FILE: '' }
export const CHUNK = 65_536

const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64')

type Api = (method: string, path: string, body?: unknown) => Promise<Record<string, unknown>>

/** Runs work on the local KMS of the folder, and closes it before the tool starts. */
export const withKms = async <T>(work: (api: Api) => Promise<T>): Promise<T> => {
  const log = createLogger('silent')
  const { connections, kms } = await connect(readConfig(environment), log, () => undefined)
  const fetch = fetchOf(createGateway({ version: '1', connections, hosts: () => new Set(['x']), readOnly: false, log }))
  try {
    return await work(async (method, path, body) => {
      const answer = await fetch(
        new Request(`http://x/api${path}`, {
          method,
          headers: { host: 'x', 'content-type': 'application/json' },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
        }),
      )
      const text = await answer.text()
      if (!answer.ok) throw new Error(text)
      return JSON.parse(text || '{}')
    })
  } finally {
    await kms?.close()
  }
}

/** Runs work while a gateway to the local KMS of the folder listens, as that of a console. */
export const withConsole = async (readOnly: boolean, work: (address: string) => Promise<void>): Promise<void> => {
  const log = createLogger('silent')
  const { connections, kms } = await connect(readConfig(environment), log, () => undefined)
  const host = '127.0.0.1'
  let port = 0
  const hosts = () => ownHosts({ host, port })
  const answer = createGateway({ version: '1', connections, hosts, readOnly, log })
  const listening = await listen({ answer, ready: async () => true, host, port, variable: 'PORT' })
  port = listening.port
  try {
    await work(listening.url)
  } finally {
    await listening.close()
    await kms?.close()
  }
}

interface Key {
  readonly id: string
  readonly wrap: (api: Api) => (fileKey: Uint8Array) => Promise<Stanza[]>
}

export const keys: Record<string, Key> = {}

const bytesOf = (text: unknown) => new TextEncoder().encode(String(text))

export const makeKeys = (api: Api) =>
  Promise.all([
    api('POST', '/thalassa/v1/kms/nl-01/keys', { name: 'files', keyType: 'aes256-gcm96' }),
    api('POST', '/exoscale/ch-gva-2/kms-key', { name: 'files' }),
  ]).then(([one, other]) => {
    const [thalassa, exoscale] = [String(one.identity), String(other.id)]
    keys.thalassa = {
      id: thalassa,
      wrap: (api) => async (fileKey) => {
        const { ciphertext } = await api('POST', `/thalassa/v1/kms/nl-01/keys/${thalassa}/encrypt`, {
          plaintext: base64(fileKey),
        })
        const args = writeFileStanza({ cloud: 'thalassa', location: 'nl-01', key: thalassa, version: '1' })
        return [new Stanza(args, bytesOf(ciphertext))]
      },
    }
    keys.exoscale = {
      id: exoscale,
      wrap: (api) => async (fileKey) => {
        const context = 'kms-console/v1/test'
        const { ciphertext } = await api('POST', `/exoscale/ch-gva-2/kms-key/${exoscale}/encrypt`, {
          plaintext: base64(fileKey),
          'encryption-context': base64(context),
        })
        const args = writeFileStanza({ cloud: 'exoscale', location: 'ch-gva-2', key: exoscale, context })
        return [new Stanza(args, bytesOf(ciphertext))]
      },
    }
  })

export const encrypted = (cloud: string, plain: Uint8Array) =>
  withKms((api) => {
    const wrap = keys[cloud]?.wrap(api)
    if (!wrap) throw new Error(cloud)
    const encrypter = new Encrypter()
    encrypter.addRecipient({ wrapFileKey: wrap })
    return encrypter.encrypt(plain)
  })

/** Writes a file into a new folder, and returns the folder. */
export const placed = (bytes: Uint8Array, name = 'x.bin.age') => {
  const place = mkdtempSync(join(folder, 'run-'))
  writeFileSync(join(place, name), bytes)
  return place
}

export const run = async (place: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
  let output = ''
  const status = await decryptFile(args, {
    environment: { ...environment, ...more },
    folder: place,
    interactive: false,
    print: (text) => {
      output += text
    },
    onStop: () => undefined,
  })
  return { status, output }
}

/** Starts the program as npm does. */
export const start = (place: string, args: readonly string[], node: readonly string[] = []) =>
  spawn(process.execPath, [...node, decryptFileProgram, ...args], {
    cwd: folder,
    env: { ...environment, INIT_CWD: place },
  })

export const spawned = async (place: string, args: readonly string[]) => {
  const child = start(place, args)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => {
      output += text.toString()
    })
  }
  const [status] = await once(child, 'close')
  return { status, output }
}
