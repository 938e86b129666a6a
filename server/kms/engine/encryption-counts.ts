/** Number of encryptions by each key version, because random nonces are safe for a limited number only. */
import * as z from 'zod'
import { unaudited } from './audit.ts'
import type { Clock } from './clock.ts'
import { DiskError, type KeyAddress, type Rows, type Store, type StoredKey } from './store.ts'

export const ENCRYPTIONS_KIND = 'encryptions'

/** Encryptions that are counted in advance with one commit; a process that ends leaves the rest of them counted. */
const STEP = 10_000
/** Most encryptions of one AES-GCM key with random nonces of 96 bits (NIST SP 800-38D, 8.3). */
const LIMIT = 2 ** 32
/** A sixteenth of the limit. */
const WARN_AT = 2 ** 28
/** Key versions whose advance is remembered. */
const MOST_REMEMBERED = 10_000

const Content = z.object({ versions: z.record(z.string(), z.number()) })

/** Id of the row that holds the counts of a key. A copy has the material of its original, so they count together. */
export const encryptionsId = ({ location, id }: KeyAddress) => `${location}/${id}`

interface Advance {
  left: number
  /** Encryptions that a full disk kept from being counted. */
  unsaved: number
  reserving?: Promise<void> | undefined
}

export interface EncryptionCounts {
  /** Counts one encryption, before it is made. Undefined if nothing has to be waited for: most are counted in advance. */
  count(key: StoredKey, version: number): Promise<void> | undefined
  /** Number of keys that should be rotated. Those that were destroyed are left out once `forget` was called. */
  tooOften(): number
  /** Forgets which keys should be rotated: those that are still used are found again by their next commit. */
  forget(): void
}

/** Sentence about a key version that should be rotated; undefined while it has encrypted seldom enough. */
function warningOf({ uniqueName, id }: Pick<StoredKey, 'uniqueName' | 'id'>, version: number, total: number) {
  if (total < WARN_AT) return undefined
  return `Version ${version} of the key ${uniqueName} (${id}) has encrypted about ${total.toLocaleString('en')} times, and with random nonces ${LIMIT.toLocaleString('en')} are safe. Rotate the key: a new version counts from 0.`
}

/** Sentence about a key that should be rotated, by the content of its row. A version before the latest has been replaced. */
export const rotationWarning = (
  key: Pick<StoredKey, 'uniqueName' | 'id' | 'latestVersion'>,
  content: unknown,
): string | undefined =>
  warningOf(key, key.latestVersion, Content.parse(content).versions[String(key.latestVersion)] ?? 0)

function addTo(rows: Rows, address: KeyAddress, version: number, more: number, now: number): number {
  const row = { cloud: address.cloud, kind: ENCRYPTIONS_KIND, id: encryptionsId(address) }
  const known = rows.resource(row.cloud, row.kind, row.id)
  const { versions } = known ? Content.parse(known.content) : { versions: {} }
  const total = (versions[version] ?? 0) + more
  const content = { versions: { ...versions, [version]: total } }
  rows.putResource({ ...row, createdAt: known?.createdAt ?? now, content })
  return total
}

/** @param warn called with a sentence about each key version that has made many encryptions */
export function createEncryptionCounts({
  store,
  clock,
  warn,
}: {
  store: Pick<Store, 'write'>
  clock: Clock
  warn: (text: string) => void
}): EncryptionCounts {
  const advances = new Map<string, Advance>()
  /** Versions that should be replaced, by key. */
  const warned = new Map<string, number>()

  function advanceOf(name: string): Advance {
    const known = advances.get(name)
    if (known) return known
    const [oldest] = advances.keys()
    if (oldest !== undefined && advances.size >= MOST_REMEMBERED) advances.delete(oldest)
    const made = { left: 0, unsaved: 0 }
    advances.set(name, made)
    return made
  }

  function judge(key: StoredKey, version: number, total: number): void {
    if (version < key.latestVersion) return
    const name = `${key.cloud}/${encryptionsId({ ...key, location: key.origin ?? key.location })}`
    const text = warningOf(key, version, total)
    if (text === undefined) warned.delete(name)
    else if (warned.get(name) !== version) {
      warned.set(name, version)
      warn(text)
    }
  }

  async function reserve(key: StoredKey, version: number, advance: Advance): Promise<void> {
    const address = { ...key, location: key.origin ?? key.location }
    const more = STEP + advance.unsaved
    try {
      const total = await store.write((rows) =>
        unaudited('count of encryptions', addTo(rows, address, version, more, clock.now())),
      )
      Object.assign(advance, { left: STEP, unsaved: advance.unsaved - (more - STEP) })
      judge(key, version, total)
    } catch (error) {
      if (!(error instanceof DiskError)) throw error
      // Keys can be used on a full disk; the next commit counts this one too.
      Object.assign(advance, { left: 1, unsaved: advance.unsaved + 1 })
    }
  }

  async function countNext(key: StoredKey, version: number, advance: Advance): Promise<void> {
    while (advance.left === 0) {
      advance.reserving ??= reserve(key, version, advance).finally(() => {
        advance.reserving = undefined
      })
      await advance.reserving
    }
    advance.left -= 1
  }

  return {
    count(key, version) {
      const advance = advanceOf(`${key.cloud}/${key.origin ?? key.location}/${key.id}/${version}`)
      if (advance.left === 0) return countNext(key, version, advance)
      advance.left -= 1
      return undefined
    },
    tooOften: () => warned.size,
    forget: () => warned.clear(),
  }
}
