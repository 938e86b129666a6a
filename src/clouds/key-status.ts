/** Status of a key by the list of its provider. */
import type { KeyStatus } from './capabilities.ts'
import type { KmsKey } from './model.ts'
import { cloudOf } from './registry.ts'

const knownStatus = ({ cloud, status }: KmsKey): KeyStatus | undefined =>
  cloudOf(cloud).capabilities.statuses.find(({ id }) => id === status)

/** Whether the provider's list lacks the status: it is shown by its id, and nothing is refused because of it. */
export const hasUnknownStatus = (key: KmsKey): boolean => knownStatus(key) === undefined

/** Status of the key; one that the provider's list lacks counts as disabled. */
export const statusOf = (key: KmsKey): KeyStatus =>
  knownStatus(key) ?? { id: key.status, label: key.status, tone: 'muted', group: 'disabled', refusals: {} }

export const isUsable = (key: KmsKey): boolean => statusOf(key).group === 'active'

/** Whether the status stops the key's operations; of one that the provider's list lacks, that is not known. */
export const isStopped = (key: KmsKey): boolean => !isUsable(key) && !hasUnknownStatus(key)

export const isDisabled = (key: KmsKey): boolean => statusOf(key).group === 'disabled'

export const isPendingDeletion = (key: KmsKey): boolean => statusOf(key).group === 'pending'
