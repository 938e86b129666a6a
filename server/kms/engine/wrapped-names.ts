/** Names that wrapped secrets are bound to; unwrapping needs the same name. */
import type { KeyAddress } from './store.ts'

/** Beginning of the names of all versions of a key, and of no other. */
export const materialPrefix = ({ cloud, location, id }: KeyAddress) => `key material ${cloud}/${location}/${id}/v`

export const materialName = (key: KeyAddress, version: number) => `${materialPrefix(key)}${version}`

export const credentialName = (cloud: string, id: string) => `credential ${cloud}/${id}`

const WRAPPING_KEY = 'wrapping key '

/** Also the name of the setting that holds the key. */
export const wrappingKeyName = (cloud: string, location: string) => `${WRAPPING_KEY}${cloud}/${location}`

export const isWrappingKeyName = (name: string) => name.startsWith(WRAPPING_KEY)

/** Setting that verifies the root key, and the name of what it wraps. */
export const ROOT_KEY_CHECK = 'root-key-check'
export const CHECK_NAME = 'root key check'

/** Setting with the id of the root key, by which people tell root keys apart. */
export const ROOT_KEY_ID = 'root-key-id'

/** Setting with the root key that a backup includes, in base64. No running KMS has it. */
export const EMBEDDED_ROOT_KEY = 'embedded-root-key'

/** Name of the secret in a setting, which holds it in base64; undefined for a setting without one. */
export const secretNameOf = (setting: string): string | undefined =>
  setting === ROOT_KEY_CHECK ? CHECK_NAME : isWrappingKeyName(setting) ? setting : undefined
