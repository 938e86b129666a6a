/** `kms`: the local KMS alone. */
import { openKms } from '../kms/kms.ts'
import type { Run } from './command.ts'
import { listenKms, printKms } from './kms-port.ts'

export const run: Run = async (running) => {
  const { config, log, onStop } = running
  let address: string | undefined
  const kms = await openKms({ ...config.kms, log, address: () => address })
  onStop(() => kms.close())
  address = await listenKms(kms, config.kms.port ?? 0, running)
  log.info(`The data is in ${config.kms.dataDir}.`)
  printKms(address, kms)
  return 'serving'
}
