/** Decrypts the file key of a file with one call, through the console's gateway. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { FileStanza } from '../../src/lib/age/kms-stanza.ts'
import type { Config } from '../config.ts'
import { connect } from '../connect.ts'
import type { Connection } from '../gateway/connection.ts'
import { createGateway } from '../gateway/gateway.ts'
import { openNetwork } from '../gateway/outbound.ts'
import type { GatewayProvider } from '../gateway/provider.ts'
import { providers } from '../gateway/registry.ts'
import { createLogger } from '../log.ts'
import { version } from '../version.ts'
import { Failure } from './failure.ts'
import type { FileHeader } from './header.ts'

/** Host name of the gateway in this process, which can't be resolved. */
const inside = 'files.local'
const FILE_KEY = 16

const DecryptAnswer = z.object({ plaintext: z.string() })

interface Open {
  readonly connection: Connection
  readonly close: () => Promise<void>
}

/** Opens one provider: the local KMS if the provider has no credentials. Never creates a local KMS. */
const reach = async ({ id, name }: GatewayProvider, config: Config): Promise<Open> => {
  const live = config.live.find((one) => one.id === id)
  if (live)
    return { connection: live.connect(live.settings, openNetwork(config.outbound)), close: async () => undefined }
  const { dataDir } = config.kms
  if (!existsSync(join(dataDir, 'kms.sqlite'))) {
    throw new Failure(
      'key',
      `The file’s key is in ${name}. No credentials for it are set, and there is no local KMS in ${dataDir}.`,
    )
  }
  const { connections, kms } = await connect(config, createLogger('silent'), () => undefined)
  const connection = connections.find((one) => one.id === id)
  if (connection === undefined || kms === undefined) throw new Error(`${id} was not connected`)
  return { connection, close: () => kms.close() }
}

/** Common members of error bodies of providers and gateway. */
const ErrorBody = z.object({
  detail: z.optional(z.string()),
  title: z.optional(z.string()),
  message: z.optional(z.string()),
  error: z.optional(z.string()),
})

const errorTextIn = (text: string): string => {
  try {
    const { detail, message, title, error } = ErrorBody.parse(JSON.parse(text))
    return detail ?? message ?? title ?? error ?? ''
  } catch {
    return ''
  }
}

const stanzaPlace = ({ key, location }: FileStanza, { name }: GatewayProvider) =>
  `The key ${key} in ${location} of ${name}`

const refusal = (status: number, reason: string, stanza: FileStanza, provider: GatewayProvider): Failure => {
  const key = stanzaPlace(stanza, provider)
  const detail = reason === '' ? '' : ` ${provider.name} says: ${reason}`
  if (status === 404) {
    return new Failure('key', `${key} is not there, or these credentials can’t use it.${detail}`)
  }
  return new Failure('key', `${key} did not open the file’s key (${status}).${detail}`)
}

/**
 * Decrypts the file key, 16 bytes.
 * @throws Failure
 */
export const unwrapFileKey = async ({ stanza, ciphertext }: FileHeader, config: Config): Promise<Buffer> => {
  const { cloud, project } = stanza
  const provider = providers.find(({ id }) => id === cloud)
  if (provider === undefined) {
    throw new Failure('file', `The file’s key is in “${cloud}”, a cloud that this version doesn’t know.`)
  }
  const { path, body } = provider.decryptRequest(stanza, ciphertext)
  const { connection, close } = await reach(provider, config)
  try {
    const gateway = createGateway({
      version,
      connections: [connection],
      hosts: () => new Set([inside]),
      readOnly: false,
      log: createLogger('silent'),
    })
    const answer = await gateway.fetch(
      new Request(`http://${inside}/api/${cloud}${path}`, {
        method: 'POST',
        headers: {
          host: inside,
          'content-type': 'application/json',
          ...(project === undefined ? {} : { 'x-project-identity': project }),
        },
        body: JSON.stringify(body),
      }),
    )
    const text = await answer.text()
    if (!answer.ok) throw refusal(answer.status, errorTextIn(text), stanza, provider)
    const parsed = DecryptAnswer.safeParse(JSON.parse(text))
    const fileKey = parsed.success ? Buffer.from(parsed.data.plaintext, 'base64') : undefined
    if (fileKey?.length !== FILE_KEY) {
      throw new Failure('key', `${stanzaPlace(stanza, provider)} answered something that is no file key.`)
    }
    return fileKey
  } finally {
    await close()
  }
}
