/** Rotations and destructions that are due. */
import { setImmediate } from 'node:timers/promises'
import { generateMaterial, knownAlgorithm } from '../crypto/material.ts'
import type { Clock } from './clock.ts'
import type { KeyWrapper } from './key-wrapper.ts'
import {
  changed,
  type DueKey,
  IntegrityError,
  type JobAudit,
  type KeyAddress,
  type KeyChange,
  type Store,
  type StoredKey,
} from './store.ts'
import { materialName } from './wrapped-names.ts'

/** Provider's rule for a due rotation: the rotated key, or undefined to leave it. */
export type AutomaticRotation = (key: StoredKey, now: number) => StoredKey | undefined

/** Provider's rules for due jobs. */
export interface DueJobRules {
  readonly cloud: string
  readonly rotate: AutomaticRotation
  readonly auditRotation: JobAudit
  readonly auditDestruction: JobAudit
}

/** Keys per page: some milliseconds of work. */
const PAGE = 250

/**
 * Destroys all due keys of a provider at once, which costs as much as destroying one.
 * @returns number of destroyed keys
 */
export async function destroyDue(
  services: JobServices,
  { cloud, auditDestruction }: Pick<DueJobRules, 'cloud' | 'auditDestruction'>,
): Promise<number> {
  const { store, clock } = services
  const now = clock.now()
  const due: KeyAddress[] = []
  for (const address of await store.dueForDestruction(cloud, now)) if (readDue(services, address)) due.push(address)
  return store.destroy(due, now, auditDestruction)
}

interface JobServices {
  readonly store: Store
  readonly clock: Clock
  readonly report?: (error: unknown) => void
}

/** The verified key. One that was changed outside of the KMS is reported and left: the others' jobs go on. */
function readDue({ store, report }: JobServices, address: KeyAddress): StoredKey | undefined {
  try {
    return store.get(address)
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error
    report?.(error)
    return undefined
  }
}

/** Rotates due keys in pages and yields to other requests after each key, because each rotation is a commit. */
async function* dueForRotation(store: Store, cloud: string, now: number): AsyncGenerator<KeyAddress, void> {
  let after: DueKey | undefined
  for (;;) {
    const page = await store.dueForRotation(cloud, now, after, PAGE)
    for (const key of page) {
      yield key
      await setImmediate()
    }
    after = page.at(-1)
    if (page.length < PAGE) return
  }
}

/** @returns number of rotated keys */
export async function rotateDue(
  services: JobServices & { readonly keyWrapper: KeyWrapper },
  { cloud, rotate, auditRotation }: DueJobRules,
): Promise<number> {
  const { store, keyWrapper, clock } = services

  /** Applies the provider's rule again inside the transaction: the key may have been rotated or disabled meanwhile. */
  async function rotateIfDue(address: KeyAddress): Promise<boolean> {
    const due = readDue(services, address)
    if (!due || !rotate(due, clock.now())) return false
    const secret = await generateMaterial(knownAlgorithm(due.algorithm))
    const rotated = await store.change(
      due,
      (before): KeyChange | undefined => {
        const now = clock.now()
        const stillDue = before.rotateAt !== null && before.rotateAt <= now
        const after = stillDue ? rotate(before, now) : undefined
        if (!after) return undefined
        const version = before.latestVersion + 1
        const wrapped = keyWrapper.wrap(materialName(before, version), secret)
        const key = changed(before, { ...after, latestVersion: version }, now)
        return { key, version: { version, createdAt: key.updatedAt, automatic: true, wrapped } }
      },
      ({ key }) => ({ result: true, audit: auditRotation(key, clock.now()) }),
    )
    return rotated ?? false
  }

  let rotated = 0
  for await (const key of dueForRotation(store, cloud, clock.now())) if (await rotateIfDue(key)) rotated += 1
  return rotated
}
