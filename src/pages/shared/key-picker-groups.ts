import type { KmsKey } from '../../clouds/model.ts'
import { addressOf } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { groupReplicas } from '../../clouds/replica-groups.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { formatKeyAddress } from '../key-address.ts'
import type { ReadFailure } from '../use-keys.ts'
import { abilityOf, type KeyUse, refusalFor } from './key-uses.ts'

export interface KeyOption {
  readonly id: string
  readonly key: KmsKey
  /** Why the key can't be used so now. */
  readonly refusal: string | undefined
}

/** A key once, and its replicas, of which one may be chosen instead. */
export interface PickedKey extends KeyOption {
  readonly replicas: readonly KeyOption[]
}

export interface LocationGroup {
  readonly id: string
  readonly cloud: KmsKey['cloud']
  readonly location: string
  readonly options: readonly PickedKey[]
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

const isRefused = ({ refusal }: KeyOption) => Number(refusal !== undefined)

const inOrder = <Option extends KeyOption>(options: readonly Option[]): readonly Option[] =>
  options.toSorted((a, b) => isRefused(a) - isRefused(b) || byName.compare(a.key.name, b.key.name))

const optionOf = (key: KmsKey, use: KeyUse): KeyOption => ({
  id: formatKeyAddress(addressOf(key)),
  key,
  refusal: refusalFor(key, use),
})

/** Keys by name; those that can be used so first. */
export const keyOptionsOf = (keys: readonly KmsKey[], use: KeyUse): readonly KeyOption[] =>
  inOrder(keys.map((key) => optionOf(key, use)))

/** Keys by provider and location of their primary, in the order of the lists; those that can be used so first. */
export function groupKeyOptions(keys: readonly KmsKey[], use: KeyUse): LocationGroup[] {
  const groups = Map.groupBy(groupReplicas(keys), ([{ cloud, location }]) => `${cloud}/${location}`)
  return [...groups].flatMap(([id, members]) => {
    const [first] = members
    if (!first) return []
    const options = members.map(([key, ...replicas]) => ({
      ...optionOf(key, use),
      replicas: replicas.map((replica) => optionOf(replica, use)),
    }))
    return [{ id, cloud: first[0].cloud, location: first[0].location, options: inOrder(options) }]
  })
}

/** `23 of 38 keys can encrypt`: a key can where one of its locations does. */
export function formatUsable(groups: readonly LocationGroup[], use: KeyUse): string {
  const options = groups.flatMap((group) => group.options)
  const usable = options.filter((option) => [option, ...option.replicas].some(({ refusal }) => refusal === undefined))
  return `${formatNumber(usable.length)} of ${count(options.length, 'key')} can ${abilityOf(use)}`
}

/** `nl-01 and all of NAME could not be read.` Undefined when nothing is missing. */
export function describeUnread(failures: readonly ReadFailure[]): string | undefined {
  if (failures.length === 0) return undefined
  const names = failures.map(({ cloud, location }) => location ?? `all of ${cloudOf(cloud).longName}`)
  return `${new Intl.ListFormat('en').format(names)} could not be read.`
}
