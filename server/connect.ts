/** Connects the gateway to its providers: live where they have credentials, else to the local KMS in this process. */
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import type { Connection } from './gateway/connection.ts'
import { openNetwork } from './gateway/network.ts'
import { providers } from './gateway/registry.ts'
import { type LocalKms, openKms } from './kms/kms.ts'

export interface Connected {
  readonly connections: readonly Connection[]
  /** Undefined if every provider is live and the local KMS has no own port. */
  readonly kms: LocalKms | undefined
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
    if (found && network) return [found.connect(found.settings, network)]
    return kms ? [provider.connectLocal(kms, address)] : []
  })
  return { connections, kms }
}
