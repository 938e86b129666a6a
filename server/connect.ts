/** Connects the gateway to its providers: live where they have credentials, else to the local KMS in this process. */
import type { Logger } from 'pino'
import type { Config, LiveProvider } from './config.ts'
import type { Connection } from './gateway/connection.ts'
import { openNetwork } from './gateway/network.ts'
import { providers } from './gateway/registry.ts'
import { replaceable } from './gateway/replaceable.ts'
import type { Upstream } from './gateway/upstream.ts'
import { type LocalKms, openKms } from './kms/kms.ts'
import { watchFiles } from './watched-files.ts'

export interface Connected {
  readonly connections: readonly Connection[]
  /** Undefined if every provider is live and the local KMS has no own port. */
  readonly kms: LocalKms | undefined
}

/** Connection of a live provider; new credentials in its files are used from the next call on. */
function connectLive(live: LiveProvider, network: Upstream, log: Logger): Connection {
  const first = live.connect(live.settings, network)
  if (live.files.length === 0) return first
  const { connection, replace } = replaceable(first)
  let said = ''
  watchFiles(live.files, () => {
    try {
      const next = live.reread()
      if (next === undefined) return
      replace(next.connect(live.settings, network))
      said = ''
      log.info(`The credentials of ${first.name} were replaced.`)
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error)
      if (message !== said)
        log.warn(`New credentials of ${first.name} can't be used, and the old ones stay: ${message}`)
      said = message
    }
  })
  return connection
}

/** @param address base URL of the local KMS's own port, if any */
export const connect = async (
  config: Pick<Config, 'live' | 'outbound' | 'kms'>,
  log: Logger,
  address: () => string | undefined,
): Promise<Connected> => {
  const { live } = config
  const isNeeded = live.length < providers.length || config.kms.port !== undefined
  const kms = isNeeded ? await openKms({ ...config.kms, log, address }) : undefined
  const network = live.length > 0 ? await openNetwork(config.outbound) : undefined
  const connections = providers.flatMap((provider) => {
    const found = live.find(({ id }) => id === provider.id)
    if (found && network) return [connectLive(found, network, log)]
    return kms ? [provider.connectLocal(kms, address)] : []
  })
  return { connections, kms }
}
