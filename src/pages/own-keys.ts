/** Which keys somebody made, and which the cloud did. */
import type { KmsKey } from '../clouds/model.ts'

/** Exoscale gives each organisation a key of this name, and marks it in no other way. */
const DEFAULT_KEY_NAME = 'exoscale-default'

const isOwn = ({ cloud, name }: KmsKey) => cloud !== 'exoscale' || name !== DEFAULT_KEY_NAME

/** False while there are none but those that the cloud makes. */
export const hasOwnKey = (keys: readonly KmsKey[]): boolean => keys.some(isOwn)
