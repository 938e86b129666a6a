/** Commands of `exo kms` for the operations on keys. */
import { toBase64 } from '../../lib/encodings.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { OperationCommands } from '../cloud-code.ts'
import type { KmsKey } from '../model.ts'
import type { OperationInputs } from '../operations.ts'
import { algorithmOf, DATA_KEY_SPEC, signingAlgorithmOf } from './operations.ts'
import { periodOf } from './rotation.ts'
import { limits } from './rules.ts'

const contextFlag = (context: Uint8Array | undefined, flag = '--encryption-context') =>
  context === undefined || context.length === 0 ? [] : [`${flag} ${shellQuote(toBase64(context))}`]

function algorithmFlag(type: string, flag = '--encryption-algorithm') {
  const algorithm = algorithmOf(type)
  return algorithm === undefined ? [] : [`${flag} ${algorithm}`]
}

const signedFlags = (key: KmsKey, { hash, prehashed }: Omit<OperationInputs['verify'], 'signature'>) => [
  `--signing-algorithm ${signingAlgorithmOf(key, hash)}`,
  ...(prehashed ? ['--message-type digest'] : []),
]

const bare = (command: string) => (key: KmsKey) => [[`key ${command} ${key.id}`]]

export const commands: OperationCommands = {
  encrypt: (key, { plaintext, context }) => [
    [
      `crypto encrypt ${key.id} ${shellQuote(toBase64(plaintext))}`,
      ...algorithmFlag(key.type),
      ...contextFlag(context),
    ],
  ],
  decrypt: (key, { ciphertext, context }) => [
    [`crypto decrypt ${key.id} ${shellQuote(ciphertext)}`, ...algorithmFlag(key.type), ...contextFlag(context)],
  ],
  reEncrypt: (key, { ciphertext, context, destination, destinationType = key.type, destinationContext }) => [
    [
      `crypto reencrypt ${key.id} ${shellQuote(destination)} ${shellQuote(ciphertext)}`,
      ...algorithmFlag(key.type, '--source-encryption-algorithm'),
      ...contextFlag(context, '--source-encryption-context'),
      ...algorithmFlag(destinationType, '--dest-encryption-algorithm'),
      ...contextFlag(destinationContext, '--dest-encryption-context'),
    ],
  ],
  dataKey: (key, { bytes, context }) => [
    [
      `crypto generate-data-key ${key.id}`,
      bytes === undefined ? `--key-spec ${DATA_KEY_SPEC}` : `--bytes-count ${bytes}`,
      ...contextFlag(context),
    ],
  ],
  sign: (key, input) => [[`crypto sign ${key.id} ${shellQuote(toBase64(input.input))}`, ...signedFlags(key, input)]],
  verify: (key, input) => [
    [
      `crypto verify ${key.id} ${shellQuote(toBase64(input.input))} ${shellQuote(input.signature)}`,
      ...signedFlags(key, input),
    ],
  ],
  replicate: (key, { location }) => [[`key replicate ${key.id} ${shellQuote(location)}`]],
  rotate: bare('rotate'),
  setRotation: (key, { automatic, period }) => [
    ...(key.rotation.automatic ? [[`key disable-rotation ${key.id}`]] : []),
    ...(automatic ? [[`key enable-rotation ${key.id}`, `--rotation-period ${periodOf(period)}`]] : []),
  ],
  disable: bare('disable'),
  enable: bare('enable'),
  scheduleDeletion: (key, { days = limits.deletionDelay.default }) => [
    [`key schedule-deletion ${key.id}`, `--delay-days ${days}`],
  ],
  cancelDeletion: bare('cancel-deletion'),
}
