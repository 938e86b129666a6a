import type { Contents } from '../kms/store/database-file.ts'

export const counted = (number: number, noun: string, plural = `${noun}s`) =>
  `${number} ${number === 1 ? noun : plural}`

/** Contents as text: `2 keys with 3 versions and 5 credentials`. */
export const contentsText = ({ keys, versions, credentials }: Contents): string =>
  `${counted(keys, 'key')} with ${counted(versions, 'version')} and ${counted(credentials, 'credential')}`
