/** `kms`: the local KMS alone. */
import { IN_MEMORY } from '../kms/engine/store.ts'
import { openKms } from '../kms/kms.ts'
import type { Run } from './command.ts'
import { listenKms, printKms } from './kms-port.ts'

export const run: Run = async (running) => {
  const { config, log, onStop } = running
  let address: string | undefined
  const kms = await openKms({ ...config.kms, log, address: () => address })
  onStop(() => kms.close())
  address = await listenKms(kms, config.kms.port ?? 0, running)
  const { dataDir, databaseUrl } = config.kms
  const file = dataDir === IN_MEMORY ? 'The data is in memory; nothing is kept.' : `The data is in ${dataDir}.`
  log.info(databaseUrl === undefined ? file : 'The data is in the database of DATABASE_URL.')
  printKms(address, kms, config.kms.publicUrl)
  return 'serving'
}
