/** Decrypts the file key of a file with one call, through a gateway: one in this process, or that of a running console. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Config } from '../config.ts'
import { connect } from '../connect.ts'
import type { Connection } from '../gateway/connection.ts'
import { createGateway } from '../gateway/gateway.ts'
import { openNetwork } from '../gateway/network.ts'
import type { GatewayProvider } from '../gateway/provider.ts'
import { providers } from '../gateway/registry.ts'
import { fetchOf } from '../http/over-fetch.ts'
import { readLimited } from '../limited-body.ts'
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
  if (live) {
    const network = await openNetwork(config.outbound)
    return { connection: live.connect(live.settings, network), close: async () => undefined }
  }
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

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const errorTextIn = (text: string): string => {
  const { data } = ErrorBody.safeParse(jsonOf(text))
  return data?.detail ?? data?.message ?? data?.title ?? data?.error ?? ''
}

/** Sends one call of a provider's API to its path at a gateway. */
export interface Gateway {
  /** Who answers, for sentences. */
  readonly nameOf: (provider: GatewayProvider) => string
  readonly send: (provider: GatewayProvider, path: string, init: RequestInit) => Promise<Answer>
}

interface Answer {
  readonly status: number
  /** Empty for an answer too long to be one. */
  readonly text: string
}

/** Bytes of an answer at most: a file key is 16, an error some hundred. */
const LONGEST_ANSWER = 65_536

const textOf = async ({ body }: Response) => (await readLimited(body, LONGEST_ANSWER))?.toString() ?? ''

/** Through a gateway in this process, with this terminal's configuration. */
export const throughConfig = (config: Config): Gateway => ({
  nameOf: ({ name }) => name,
  async send(provider, path, init) {
    const { connection, close } = await reach(provider, config)
    try {
      const answer = createGateway({
        version,
        connections: [connection],
        hosts: () => new Set([inside]),
        readOnly: false,
        log: createLogger('silent'),
      })
      const headers = new Headers(init.headers)
      headers.set('host', inside)
      const response = await fetchOf(answer)(new Request(`http://${inside}${path}`, { ...init, headers }))
      return { status: response.status, text: await textOf(response) }
    } finally {
      await close()
    }
  },
})

/** Milliseconds to wait for a console, which itself waits for a slow cloud. */
const CONSOLE_TIMEOUT = 120_000

/**
 * Through a running console, with its credentials.
 * @param token of a program, or of the console's start; undefined or empty where none is asked for
 */
export const throughConsole = (address: string, token: string | undefined): Gateway => ({
  nameOf: () => 'The console',
  async send(_, path, init) {
    try {
      const signal = AbortSignal.timeout(CONSOLE_TIMEOUT)
      const headers = new Headers(init.headers)
      if (token) headers.set('authorization', `Bearer ${token.trim()}`)
      const answer = await fetch(address + path, { ...init, headers, redirect: 'error', signal })
      return { status: answer.status, text: await textOf(answer) }
    } catch {
      throw new Failure(
        'key',
        `No console answers at ${address}. Start it, or leave out --console to use the credentials of this terminal.`,
      )
    }
  },
})

/**
 * Decrypts the file key, 16 bytes.
 * @throws Failure
 */
export const unwrapFileKey = async ({ stanza, ciphertext }: FileHeader, gateway: Gateway): Promise<Buffer> => {
  const { cloud, project } = stanza
  const provider = providers.find(({ id }) => id === cloud)
  if (provider === undefined) {
    throw new Failure('file', `The file’s key is in “${cloud}”, a cloud that this version doesn’t know.`)
  }
  const { path, body } = provider.decryptRequest(stanza, ciphertext)
  const { status, text } = await gateway.send(provider, `/api/${cloud}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(project === undefined ? {} : { 'x-project-identity': project }),
    },
    body: JSON.stringify(body),
  })
  const key = `The key ${stanza.key} in ${stanza.location} of ${provider.name}`
  if (status !== 200) {
    const reason = errorTextIn(text)
    const detail = reason === '' ? '' : ` ${gateway.nameOf(provider)} says: ${reason}`
    if (status === 404) {
      throw new Failure('key', `${key} is not there, or these credentials can’t use it.${detail}`)
    }
    throw new Failure('key', `${key} did not open the file’s key (${status}).${detail}`)
  }
  const parsed = DecryptAnswer.safeParse(jsonOf(text))
  const fileKey = parsed.success ? Buffer.from(parsed.data.plaintext, 'base64') : undefined
  if (fileKey?.length !== FILE_KEY) throw new Failure('key', `${key} sent an answer that is not a file key.`)
  return fileKey
}
