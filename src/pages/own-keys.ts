/** Keys that somebody created, apart from those that a provider creates by itself. */
import type { KmsKey } from '../clouds/model.ts'
import { cloudOf } from '../clouds/registry.ts'

const isOwn = ({ cloud, name }: KmsKey) => cloudOf(cloud).capabilities.managedKeyName !== name

/** False while there are no keys but those that providers create by themselves. */
export const hasOwnKey = (keys: readonly KmsKey[]): boolean => keys.some(isOwn)
