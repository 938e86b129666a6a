/** Starts what the configuration asks for, says where it is, and stops cleanly when told to. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Logger } from 'pino'
import { type Config, readConfig, readEnvironment, variablesOfFile } from './config.ts'
import { connect, localKmsOf } from './connect.ts'
import { fillWithDemoKeys } from './demo/fill.ts'
import { fillWithManyKeys } from './demo/many.ts'
import { createGateway } from './gateway/gateway.ts'
import { ownHosts } from './gateway/guard.ts'
import { openPages } from './gateway/static.ts'
import { type LocalKms, openKms } from './kms/kms.ts'
import { KmsStartError } from './kms/root-key.ts'
import { type Listening, listen } from './listen.ts'
import { createLogger } from './log.ts'
import { StartError } from './start-error.ts'
import { version } from './version.ts'

/** Undone in reverse order when the program ends, or when its start fails half-way. */
const undo: Array<() => void | Promise<void>> = []

const printKms = (url: string, { credentials: { thalassa, exoscale } }: LocalKms) => {
  const variables = {
    THALASSA_API_ENDPOINT: url,
    THALASSA_PERSONAL_ACCESS_TOKEN: thalassa.token,
    THALASSA_API_TOKEN: thalassa.token,
    THALASSA_ORGANISATION_ID: thalassa.organisation,
    THALASSA_ORGANISATION: thalassa.organisation,
    THALASSA_READER_TOKEN: thalassa.readerToken,
    THALASSA_CRYPTO_TOKEN: thalassa.cryptoToken,
    EXOSCALE_API_ENDPOINT: `${url}/v2`,
    EXOSCALE_API_KEY: exoscale.key,
    EXOSCALE_API_SECRET: exoscale.secret,
  }
  // Two kinds of credential at a time are a mistake, so a shell must not take this one in together with the token.
  const lines = [
    `kms: ${url}`,
    `# instead of the token: export THALASSA_CLIENT_ID=${thalassa.client.id}`,
    `# instead of the token: export THALASSA_CLIENT_SECRET=${thalassa.client.secret}`,
    ...Object.entries(variables).map(([name, value]) => `export ${name}=${value}`),
  ]
  console.log(lines.join('\n'))
}

const listenKms = async (kms: LocalKms, host: string, port: number) => {
  const listening = await listen({ fetch: kms.fetch, host, port, variable: 'KMS_PORT' })
  undo.push(listening.close)
  return listening
}

const startKms = async ({ kms: options, host }: Config, log: Logger) => {
  let address: string | undefined
  const kms = await openKms({ ...options, log, address: () => address })
  undo.push(() => kms.close())
  address = (await listenKms(kms, host, options.port ?? 0)).url
  printKms(address, kms)
}

const startConsole = async (config: Config, log: Logger) => {
  const pages = openPages(resolve(import.meta.dirname, '../dist'))
  let own: Listening | undefined
  let kmsAddress: string | undefined
  const { connections, kms } = await connect(config, log, () => kmsAddress)
  if (kms !== undefined) undo.push(() => kms.close())
  const { fetch } = createGateway({
    version,
    connections,
    hosts: () => (own === undefined ? new Set() : ownHosts({ host: config.host, port: own.port })),
    readOnly: config.readOnly,
    localKms: () => kms && localKmsOf(kms, kmsAddress),
    log,
    pages,
  })
  own = await listen({ fetch: (request) => fetch(request), host: config.host, port: config.port, variable: 'PORT' })
  undo.push(own.close)
  if (kms !== undefined && config.kms.port !== undefined) {
    kmsAddress = (await listenKms(kms, config.host, config.kms.port)).url
  }
  console.log(`console: ${own.url}`)
  if (kms !== undefined && kmsAddress !== undefined) printKms(kmsAddress, kms)
}

const startDemo = async (config: Config, log: Logger) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'kms-console-demo-'))
  undo.push(() => rmSync(dataDir, { recursive: true, force: true }))
  const kms = { ...config.kms, dataDir, rootKey: undefined }
  await fillWithDemoKeys({ dataDir, exoscaleApi: kms.exoscaleApi, now: Date.now() })
  if (config.extraKeys !== undefined) {
    await fillWithManyKeys({
      dataDir,
      exoscaleApi: kms.exoscaleApi,
      now: Date.now(),
      count: config.extraKeys,
      tell: (made, count) => console.log(`demo: ${made} of ${count} keys`),
    })
  }
  await startConsole({ ...config, kms }, log)
}

const starts = { console: startConsole, kms: startKms, demo: startDemo }

const stop = async (code: number) => {
  for (const step of undo.splice(0).reverse()) await step()
  process.exit(code)
}

const log = createLogger('info')
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop(0))
try {
  const config = readConfig(readEnvironment(), process.argv.slice(2), variablesOfFile())
  for (const warning of config.warnings) log.warn(warning)
  await starts[config.mode](config, log)
} catch (error) {
  const forPeople = error instanceof StartError || error instanceof KmsStartError
  console.error(forPeople ? error.message : error)
  await stop(1)
}
