/** Asks the key that a file names for the file key: one call, through the same gateway that the console uses. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import { DecryptAnswer as ExoscaleAnswer } from '../../src/clouds/exoscale/wire.ts'
import { DecryptAnswer as ThalassaAnswer } from '../../src/clouds/thalassa/wire.ts'
import type { FileStanza } from '../../src/lib/age/kms-stanza.ts'
import type { Config } from '../config.ts'
import { connect } from '../connect.ts'
import type { Connection } from '../gateway/connection.ts'
import { connectExoscale } from '../gateway/exoscale/connection.ts'
import { createGateway, defaultTimeout } from '../gateway/gateway.ts'
import { connectThalassa } from '../gateway/thalassa/connection.ts'
import { network } from '../gateway/upstream.ts'
import { createLogger } from '../log.ts'
import { version } from '../version.ts'
import { Failure } from './failure.ts'
import type { FileHeader } from './header.ts'

/** A name of its own for the gateway inside this process; nothing resolves it. */
const inside = 'files.local'
const FILE_KEY = 16

const base64 = (text: string) => Buffer.from(text, 'utf8').toString('base64')

interface Way {
  /** For people. */
  readonly name: string
  readonly path: (stanza: FileStanza) => string
  readonly body: (stanza: FileStanza, ciphertext: string) => unknown
  readonly answer: z.ZodMiniType<{ plaintext: string }>
}

const part = encodeURIComponent

const ways: Readonly<Record<Connection['id'], Way>> = {
  thalassa: {
    name: 'Thalassa Cloud',
    path: ({ location, key }) => `/api/thalassa/v1/kms/${part(location)}/keys/${part(key)}/decrypt`,
    body: (_stanza, ciphertext) => ({ ciphertext }),
    answer: ThalassaAnswer,
  },
  exoscale: {
    name: 'Exoscale',
    path: ({ location, key }) => `/api/exoscale/${part(location)}/kms-key/${part(key)}/decrypt`,
    body: ({ context }, ciphertext) => ({
      ciphertext,
      ...(context === undefined ? {} : { 'encryption-context': base64(context) }),
    }),
    answer: ExoscaleAnswer,
  },
}

const isCloud = (id: string): id is Connection['id'] => Object.hasOwn(ways, id)

interface Open {
  readonly connection: Connection
  readonly close: () => Promise<void>
}

/** Only the cloud that is needed: the local KMS is opened when that cloud has no credentials, and never made anew. */
const reach = async (cloud: Connection['id'], config: Config): Promise<Open> => {
  const { thalassa, exoscale, kms: options } = config
  const live = { upstream: network, mode: 'live', timeout: defaultTimeout } as const
  const close = async () => undefined
  if (cloud === 'thalassa' && thalassa !== undefined) {
    return { connection: connectThalassa({ ...thalassa, ...live, displayedEndpoint: () => thalassa.endpoint }), close }
  }
  if (cloud === 'exoscale' && exoscale !== undefined) {
    return { connection: connectExoscale({ ...exoscale, ...live, displayedEndpoint: () => exoscale.endpoint }), close }
  }
  if (!existsSync(join(options.dataDir, 'kms.sqlite'))) {
    throw new Failure(
      'key',
      `The file’s key is in ${ways[cloud].name}. No credentials for it are set, and there is no local KMS in ${options.dataDir}.`,
    )
  }
  const { connections, kms } = await connect(config, createLogger('silent'), () => undefined)
  const connection = connections.find(({ id }) => id === cloud)
  if (connection === undefined || kms === undefined) throw new Error(`${cloud} was not connected`)
  return { connection, close: () => kms.close() }
}

/** What error bodies of the clouds and of the gateway have in common. */
const ErrorBody = z.object({
  detail: z.optional(z.string()),
  title: z.optional(z.string()),
  message: z.optional(z.string()),
  error: z.optional(z.string()),
})

const saidIn = (text: string): string => {
  try {
    const { detail, message, title, error } = ErrorBody.parse(JSON.parse(text))
    return detail ?? message ?? title ?? error ?? ''
  } catch {
    return ''
  }
}

const stanzaPlace = ({ key, location }: FileStanza, { name }: Way) => `The key ${key} in ${location} of ${name}`

const refusal = (status: number, said: string, stanza: FileStanza, way: Way): Failure => {
  const key = stanzaPlace(stanza, way)
  const words = said === '' ? '' : ` ${way.name} says: ${said}`
  if (status === 404) {
    return new Failure('key', `${key} is not there, or these credentials may not use it.${words}`)
  }
  return new Failure('key', `${key} did not open the file’s key (${status}).${words}`)
}

/**
 * The file key, 16 bytes.
 * @throws Failure
 */
export const unwrapFileKey = async ({ stanza, ciphertext }: FileHeader, config: Config): Promise<Buffer> => {
  const { cloud, project } = stanza
  if (!isCloud(cloud)) {
    throw new Failure('file', `The file’s key is in “${cloud}”, a cloud that this version doesn’t know.`)
  }
  const way = ways[cloud]
  const { connection, close } = await reach(cloud, config)
  try {
    const gateway = createGateway({
      version,
      connections: [connection],
      hosts: () => new Set([inside]),
      readOnly: true,
      log: createLogger('silent'),
    })
    const answer = await gateway.fetch(
      new Request(`http://${inside}${way.path(stanza)}`, {
        method: 'POST',
        headers: {
          host: inside,
          'content-type': 'application/json',
          ...(project === undefined ? {} : { 'x-project-identity': project }),
        },
        body: JSON.stringify(way.body(stanza, ciphertext)),
      }),
    )
    const text = await answer.text()
    if (!answer.ok) throw refusal(answer.status, saidIn(text), stanza, way)
    const parsed = way.answer.safeParse(JSON.parse(text))
    const fileKey = parsed.success ? Buffer.from(parsed.data.plaintext, 'base64') : undefined
    if (fileKey?.length !== FILE_KEY) {
      throw new Failure('key', `${stanzaPlace(stanza, way)} answered something that is no file key.`)
    }
    return fileKey
  } finally {
    await close()
  }
}
