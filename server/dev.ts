/** The gateway inside Vite's development server: the same handler, in front of Vite's own. */
import type { AddressInfo } from 'node:net'
import type { Plugin } from 'vite'
import { readConfig } from './config.ts'
import { connect } from './connect.ts'
import { readEnvFile } from './env-file.ts'
import { createGateway } from './gateway/gateway.ts'
import { noSignIn, ownHosts } from './gateway/guard.ts'
import { localSession } from './gateway/registry.ts'
import { isLoopback } from './host.ts'
import { answering } from './http/over-node.ts'
import { KmsStartError } from './kms/root-key.ts'
import { createLogger } from './log.ts'
import { StartError } from './start-error.ts'
import { version } from './version.ts'

export const gatewayPlugin = (): Plugin => ({
  name: 'gateway',
  apply: 'serve',
  async configureServer({ httpServer, middlewares, config: { logger } }) {
    const log = createLogger('warn')
    const start = async () => {
      const file = readEnvFile()
      if (file) logger.info(`Settings are read from ${file.path}.`)
      const config = readConfig(process.env, undefined, file)
      for (const warning of config.warnings) logger.warn(warning)
      if (config.logLevel) log.level = config.logLevel
      if (config.signIn) logger.warn('The development server has no sign-in: it is for this machine only.')
      return { config, ...(await connect(config, log, () => undefined)) }
    }
    const { config, connections, kms } = await start().catch((error: unknown) => {
      if (!(error instanceof StartError || error instanceof KmsStartError)) throw error
      logger.error(error.message)
      process.exit(1)
    })
    const addressOf = () => httpServer?.address() as AddressInfo | null | undefined
    httpServer?.once('close', () => void kms?.close())
    httpServer?.once('listening', () => {
      if (config.allowAnonymous || isLoopback(addressOf()?.address ?? '')) return
      logger.error(noSignIn)
      process.exit(1)
    })
    const answer = createGateway({
      version,
      connections,
      // The port isn't known before Vite listens.
      hosts: () => {
        const at = addressOf()
        return at ? ownHosts({ host: at.address, port: at.port }) : new Set<string>()
      },
      readOnly: config.readOnly,
      localKms: () => kms && localSession(kms),
      log,
    })
    const handle = answering(answer, new AbortController().signal)
    middlewares.use((request, response, next) => {
      if (request.url?.startsWith('/api/')) handle(request, response)
      else next()
    })
  },
})
