/** Helpers for tests of seeds. */
import { rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { onTestFinished } from 'vitest'
import { createLogger } from '../../../log.ts'
import { openDataFolder } from '../../data-folder.ts'
import type { KeyWrapper } from '../../engine/key-wrapper.ts'
import { credentialName, materialName, ROOT_KEY_CHECK, ROOT_KEY_ID } from '../../engine/wrapped-names.ts'
import { type KmsOptions, openKms } from '../../kms.ts'
import { databaseIn } from '../../root-key.ts'
import { temporaryFolder } from '../../testing/thalassa-server.ts'

export function newFolder(): string {
  const folder = temporaryFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** New store, closed at the end of the test. */
export async function openSeedTarget(dataDir = newFolder()) {
  const { keyWrapper, store } = await openDataFolder({ dataDir, rootKey: undefined })
  onTestFinished(() => store.close())
  return { store, keyWrapper, dataDir }
}

/** Local KMS on a folder; closed at the end of the test, or earlier by the test. */
export async function openSeeded(options: Partial<KmsOptions>) {
  const kms = await openKms({
    dataDir: newFolder(),
    exoscaleApi: 'reference',
    log: createLogger('silent'),
    address: () => undefined,
    ...options,
  })
  let isOpen = true
  const close = async () => {
    if (isOpen) await kms.close()
    isOpen = false
  }
  onTestFinished(close)
  return { ...kms, close }
}

const tables = ['settings', 'keys', 'versions', 'credentials', 'resources'] as const

/**
 * All rows of a database except the audit log and what identifies the root key, without their codes.
 * @param keyWrapper unwraps secrets, whose wrapped bytes are random; without it rows are as stored
 */
export function rowsOf(dataDir: string, keyWrapper?: KeyWrapper) {
  const database = new DatabaseSync(databaseIn(dataDir), { readOnly: true })
  const open = (name: string, wrapped: unknown) =>
    wrapped instanceof Uint8Array ? Buffer.from(keyWrapper?.unwrap(name, wrapped) ?? wrapped).toString('hex') : wrapped
  const opened = ({ code, ...row }: Record<string, unknown>) => {
    const [cloud, location] = [String(row.cloud), String(row.location)]
    if (row.key_id !== undefined) {
      const name = materialName({ cloud, location, id: String(row.key_id) }, Number(row.version))
      return { ...row, wrapped: open(name, row.wrapped) }
    }
    return 'wrapped' in row ? { ...row, wrapped: open(credentialName(cloud, String(row.id)), row.wrapped) } : { ...row }
  }
  const rows = tables.map((table) => [
    table,
    database
      .prepare(`SELECT * FROM ${table}`)
      .all()
      .filter(({ name }) => name !== ROOT_KEY_CHECK && name !== ROOT_KEY_ID)
      .map(opened)
      .map((row) => JSON.stringify(row))
      .sort(),
  ])
  database.close()
  return Object.fromEntries(rows)
}
