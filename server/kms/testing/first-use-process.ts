/** Process of its own that opens the local KMS on a data folder when it is told to; sends what it found. */
import { once } from 'node:events'
import pino from 'pino'
import { openDataFolder } from '../data-folder.ts'
import { createWrappingKeys } from '../engine/wrapping-keys.ts'
import { openKms } from '../kms.ts'

const [dataDir = ''] = process.argv.slice(2)

const told = once(process, 'message')
process.send?.('ready')
await told
const kms = await openKms({ dataDir, log: pino({ level: 'silent' }), address: () => undefined })
const { store, keyWrapper } = await openDataFolder({ dataDir })
const wrappingKey = await createWrappingKeys({ store, keyWrapper }).publicKey('thalassa', 'nl-01')
await store.close()
await kms.close()
process.send?.({ credentials: kms.credentials, wrappingKey })
process.disconnect?.()
