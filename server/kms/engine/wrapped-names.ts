/** Names that wrapped secrets are bound to; unwrapping needs the same name. */
import type { KeyAddress } from './store.ts'

export const materialName = ({ cloud, location, id }: KeyAddress, version: number) =>
  `key material ${cloud}/${location}/${id}/v${version}`

export const credentialName = (cloud: string, id: string) => `credential ${cloud}/${id}`

const WRAPPING_KEY = 'wrapping key '

/** Also the name of the setting that holds the key. */
export const wrappingKeyName = (cloud: string, location: string) => `${WRAPPING_KEY}${cloud}/${location}`

export const isWrappingKeyName = (name: string) => name.startsWith(WRAPPING_KEY)
