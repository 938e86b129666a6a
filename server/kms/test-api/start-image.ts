import { unaudited } from '../engine/audit.ts'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IN_MEMORY, type Store } from '../engine/store.ts'
import { ROOT_KEY_CHECK } from '../engine/wrapped-names.ts'
import { keptForReset } from '../registry.ts'
import type { Image } from '../store/images.ts'
import { openSqliteStore } from '../store/sqlite.ts'

/**
 * Content of a used store as of its first start: the same organisations and printed credentials, and
 * the rows that opening it creates.
 * @param open opens a store as a start does
 */
export async function startImage(
  store: Store,
  keyWrapper: KeyWrapper,
  open: (fresh: Store) => Promise<unknown>,
): Promise<Image> {
  const fresh = openSqliteStore(IN_MEMORY, keyWrapper)
  try {
    const kept = await keptForReset(store)
    const names = [ROOT_KEY_CHECK, ...kept.settings]
    const values = await Promise.all(names.map(async (name) => ({ name, value: await store.setting(name) })))
    await fresh.write((rows) => {
      for (const { name, value } of values) if (value !== undefined) rows.putSetting(name, value)
      for (const credential of kept.credentials) rows.putCredential(credential)
      return unaudited('start of a test', undefined)
    })
    await open(fresh)
    return fresh.takeImage()
  } finally {
    await fresh.close()
  }
}
