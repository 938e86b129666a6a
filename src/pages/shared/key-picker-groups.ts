import type { KmsKey } from '../../clouds/model.ts'
import { addressOf } from '../../clouds/model.ts'
import { type CryptographicOperation, cryptographicOperations } from '../../clouds/operations.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count } from '../../lib/numbers.ts'
import { formatKeyAddress } from '../key-address.ts'
import type { ReadFailure } from '../use-keys.ts'
import { refusalOf } from './offered-operations.ts'

export interface KeyOption {
  readonly id: string
  readonly key: KmsKey
  /** Why the key can't run the operation now. */
  readonly refusal: string | undefined
}

export interface KeyGroup {
  readonly id: string
  readonly cloud: KmsKey['cloud']
  readonly location: string
  readonly options: readonly KeyOption[]
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Keys by name; those that can run the operation first. */
export const keyOptionsOf = (keys: readonly KmsKey[], operation: CryptographicOperation): readonly KeyOption[] =>
  keys
    .map((key) => ({ id: formatKeyAddress(addressOf(key)), key, refusal: refusalOf(key, operation) }))
    .sort(
      (a, b) =>
        Number(a.refusal !== undefined) - Number(b.refusal !== undefined) || byName.compare(a.key.name, b.key.name),
    )

/** Keys by provider and location in the order of the lists, by name within; those that can run the operation first. */
export function groupKeyOptions(keys: readonly KmsKey[], operation: CryptographicOperation): KeyGroup[] {
  const groups = Map.groupBy(keys, ({ cloud, location }) => `${cloud}/${location}`)
  return [...groups].flatMap(([id, members]) => {
    const [first] = members
    if (!first) return []
    return [{ id, cloud: first.cloud, location: first.location, options: keyOptionsOf(members, operation) }]
  })
}

/** `23 of 38 keys can encrypt` */
export function formatUsable(groups: readonly KeyGroup[], operation: CryptographicOperation): string {
  const options = groups.flatMap((group) => group.options)
  const usable = options.filter(({ refusal }) => refusal === undefined).length
  return `${usable} of ${count(options.length, 'key')} can ${cryptographicOperations[operation].ability}`
}

/** `nl-01 and all of NAME could not be read.` Undefined when nothing is missing. */
export function describeUnread(failures: readonly ReadFailure[]): string | undefined {
  if (failures.length === 0) return undefined
  const names = failures.map(({ cloud, location }) => location ?? `all of ${cloudOf(cloud).longName}`)
  return `${new Intl.ListFormat('en').format(names)} could not be read.`
}
