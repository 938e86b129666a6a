import { IN_MEMORY, type Store } from '../engine/store.ts'
import { DETAILS_SETTING, ORGANISATION_SETTING } from '../exoscale/iam/organisation.ts'
import { CLOUD as EXOSCALE } from '../exoscale/keys.ts'
import { ROOT_KEY_CHECK } from '../root-key.ts'
import type { Image } from '../store/images.ts'
import { openSqliteStore } from '../store/sqlite.ts'
import { CLOUD as THALASSA } from '../thalassa/authentication-credentials.ts'
import { identitySettings } from '../thalassa/projects.ts'

const kept = [ROOT_KEY_CHECK, ORGANISATION_SETTING, DETAILS_SETTING, ...identitySettings]

/**
 * What a store that has been used would hold had it just been made: the same organisations and the credentials that are
 * printed at the start, and nothing else but what opening it makes.
 * @param open does what a start does to a store
 */
export async function startImage(store: Store, open: (fresh: Store) => Promise<unknown>): Promise<Image> {
  const fresh = openSqliteStore(IN_MEMORY)
  try {
    for (const name of kept) {
      const value = await store.setting(name)
      if (value !== undefined) await fresh.setSetting(name, value)
    }
    const printed = (await store.credentials(EXOSCALE)).filter(({ attributes }) => attributes.start === true)
    for (const credential of [...(await store.credentials(THALASSA)), ...printed]) await fresh.addCredential(credential)
    await open(fresh)
    return fresh.takeImage()
  } finally {
    await fresh.close()
  }
}
