/** Values that are made on first use. Several processes may need one at the same time: all get the one that was stored. */
import { unaudited, unchanged } from './audit.ts'
import type { Store } from './store.ts'

/** Setting that exists or is made now. `make` may be called in vain: another process may store its own meanwhile. */
export async function settingOnFirstUse(
  store: Pick<Store, 'setting' | 'write'>,
  name: string,
  make: () => string | Promise<string>,
): Promise<string> {
  const stored = await store.setting(name)
  if (stored !== undefined) return stored
  const made = await make()
  return store.write((rows) => {
    const known = rows.setting(name)
    if (known === undefined) rows.putSetting(name, made)
    return known === undefined ? unaudited('first use', made) : unchanged(known)
  })
}
