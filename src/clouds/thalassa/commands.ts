/** Commands of `tcloud kms` for the operations on keys. */
import { toBase64 } from '../../lib/encodings.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { OperationCommands } from '../cloud-code.ts'
import type { KmsKey } from '../model.ts'

const target = (key: KmsKey) => [`--region ${key.location}`, `--key ${key.id}`]

const versionFlag = (version: number | undefined) => (version === undefined ? [] : [`--key-version ${version}`])

const hashFlag = (hash: string | undefined, flag = '--hash-algorithm') =>
  hash === undefined ? [] : [`${flag} ${hash}`]

const inputFlag = (input: Uint8Array) => `--input ${shellQuote(toBase64(input))}`

const lifecycle =
  (command: string, ...flags: readonly string[]) =>
  (key: KmsKey) => [[`keys ${command} ${key.id}`, `--region ${key.location}`, ...flags]]

export const commands: OperationCommands = {
  encrypt: (key, { plaintext, keyVersion }) => [
    ['encrypt', ...target(key), `--plaintext ${shellQuote(toBase64(plaintext))}`, ...versionFlag(keyVersion)],
  ],
  decrypt: (key, { ciphertext }) => [['decrypt', ...target(key), `--ciphertext ${shellQuote(ciphertext)}`]],
  sign: (key, { input, keyVersion, hash, prehashed }) => [
    [
      'sign',
      ...target(key),
      inputFlag(input),
      ...versionFlag(keyVersion),
      ...hashFlag(hash),
      ...(prehashed ? ['--prehashed'] : []),
    ],
  ],
  verify: (key, { input, signature, hash }) => [
    ['verify', ...target(key), inputFlag(input), `--signature ${shellQuote(signature)}`, ...hashFlag(hash)],
  ],
  hmac: (key, { input, keyVersion, hash }) => [
    ['hmac', ...target(key), inputFlag(input), ...versionFlag(keyVersion), ...hashFlag(hash, '--algorithm')],
  ],
  verifyHmac: (key, { input, hmac, hash }) => [
    ['verify-hmac', ...target(key), inputFlag(input), `--hmac ${shellQuote(hmac)}`, ...hashFlag(hash)],
  ],
  export: (key, { keyVersion }) => [['export', ...target(key), ...versionFlag(keyVersion), '--force']],
  rotate: lifecycle('rotate'),
  setRotation: (key, { automatic, period }) => [
    [
      `keys rotation ${key.id}`,
      `--region ${key.location}`,
      `--enabled=${automatic}`,
      ...(automatic && period !== undefined ? [`--period-days ${period.value}`] : []),
    ],
  ],
  disable: lifecycle('disable'),
  enable: lifecycle('enable'),
  scheduleDeletion: lifecycle('delete', '--force'),
  cancelDeletion: lifecycle('cancel-deletion'),
}
