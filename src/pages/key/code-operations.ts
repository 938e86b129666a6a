/** What the Code tab offers for a key: each operation it can do, with input that says what belongs in its place. */
import type { Operation, Operations, Snippet } from '../../clouds/cloud.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { toBase64, utf8 } from '../../lib/encodings.ts'

export interface CodeOperation {
  /** As it stands in the URL. */
  readonly id: string
  readonly label: string
  readonly snippets: readonly Snippet[]
  /** What to put in the place of the sample, and what to mind. */
  readonly note?: string
  /** Why the key can't do it now. */
  readonly refusal?: string | undefined
}

const SAMPLE = utf8('hello')
const inBase64 = `${toBase64(SAMPLE)} is base64 of “hello”: put your own in its place.`

const placeholder = (key: KmsKey, name: string) => `${cloudOf(key.cloud).capabilities.ciphertextPrefix ?? ''}${name}`

type ForKey = (key: KmsKey) => CodeOperation | undefined

/** Undefined where the cloud has no such operation. */
const codeOperation =
  <Input>(
    id: string,
    label: string,
    pick: (operations: Operations) => Operation<Input, unknown> | undefined,
    inputOf: (key: KmsKey) => Input,
    note?: (key: KmsKey) => string,
  ): ForKey =>
  (key) => {
    const operation = pick(cloudOf(key.cloud).operations)
    return (
      operation && {
        id,
        label,
        snippets: operation.code(key, inputOf(key)),
        refusal: operation.refusal(key),
        ...(note ? { note: note(key) } : {}),
      }
    )
  }

const nothing = () => ({})

/** Stands for a location of the reader's choice. */
const otherLocation = (key: KmsKey) => `YOUR_${cloudOf(key.cloud).capabilities.locationNoun.toUpperCase()}`

const publicKeys: ForKey = (key) => {
  const snippets = cloudOf(key.cloud).publicKeysCode?.(key)
  return snippets && { id: 'publicKeys', label: 'Read public keys', snippets }
}

const periodOf = (key: KmsKey) => key.rotation.periodInDays ?? cloudOf(key.cloud).capabilities.rotationPeriod.default

const forEncryption: readonly ForKey[] = [
  codeOperation(
    'encrypt',
    'Encrypt',
    ({ encrypt }) => encrypt,
    () => ({ plaintext: SAMPLE }),
    () => inBase64,
  ),
  codeOperation(
    'decrypt',
    'Decrypt',
    ({ decrypt }) => decrypt,
    (key) => ({ ciphertext: placeholder(key, 'YOUR_CIPHERTEXT') }),
    (key) => `Put what encrypt answered in the place of ${placeholder(key, 'YOUR_CIPHERTEXT')}.`,
  ),
  codeOperation(
    'reEncrypt',
    'Re-encrypt',
    ({ reEncrypt }) => reEncrypt,
    (key) => ({ ciphertext: placeholder(key, 'YOUR_CIPHERTEXT'), destination: key.id }),
    (key) =>
      `Put what encrypt answered in the place of ${placeholder(key, 'YOUR_CIPHERTEXT')}. The destination is this key, in its newest version: put the id of another in its place to move to that.`,
  ),
  codeOperation(
    'dataKey',
    'Generate data key',
    ({ dataKey }) => dataKey,
    nothing,
    () => 'What it prints holds the data key in clear.',
  ),
]

const forSigning = [
  codeOperation(
    'sign',
    'Sign',
    ({ sign }) => sign,
    () => ({ input: SAMPLE }),
    () => inBase64,
  ),
  codeOperation(
    'verify',
    'Verify',
    ({ verify }) => verify,
    (key) => ({ input: SAMPLE, signature: placeholder(key, 'YOUR_SIGNATURE') }),
    (key) => `${inBase64} Put what sign answered in the place of ${placeholder(key, 'YOUR_SIGNATURE')}.`,
  ),
  publicKeys,
]

const forMacs = [
  codeOperation(
    'hmac',
    'HMAC',
    ({ hmac }) => hmac,
    () => ({ input: SAMPLE }),
    () => inBase64,
  ),
  codeOperation(
    'verifyHmac',
    'Verify HMAC',
    ({ verifyHmac }) => verifyHmac,
    (key) => ({ input: SAMPLE, hmac: placeholder(key, 'YOUR_HMAC') }),
    (key) => `${inBase64} Put what hmac answered in the place of ${placeholder(key, 'YOUR_HMAC')}.`,
  ),
]

const forAll = [
  codeOperation('rotate', 'Rotate now', ({ rotate }) => rotate, nothing),
  codeOperation(
    'setRotation',
    'Set rotation',
    ({ setRotation }) => setRotation,
    (key) => ({ automatic: true, periodInDays: periodOf(key) }),
    (key) => `Every ${periodOf(key)} days: put your own period in its place.`,
  ),
  codeOperation(
    'replicate',
    'Replicate',
    ({ replicate }) => replicate,
    (key) => ({ location: otherLocation(key) }),
    (key) =>
      `Put the ${cloudOf(key.cloud).capabilities.locationNoun} that should hold a replica in the place of ${otherLocation(key)}.`,
  ),
  codeOperation(
    'disable',
    'Disable',
    ({ disable }) => disable,
    nothing,
    () => 'Everything that the key does stops at once.',
  ),
  codeOperation('enable', 'Enable', ({ enable }) => enable, nothing),
  codeOperation(
    'scheduleDeletion',
    'Schedule deletion',
    ({ scheduleDeletion }) => scheduleDeletion,
    (key) => ({ days: cloudOf(key.cloud).capabilities.deletionDelay.default }),
    () => 'Everything that the key does stops at once.',
  ),
  codeOperation('cancelDeletion', 'Cancel deletion', ({ cancelDeletion }) => cancelDeletion, nothing),
]

const forExport = codeOperation(
  'export',
  'Export',
  ({ export: leave }) => leave,
  nothing,
  () => 'What it prints is the key itself.',
)

/** In the order of use: what the key is for, then what is done to it. */
export function codeOperations(key: KmsKey): readonly CodeOperation[] {
  const has = (purpose: KmsKey['purpose'], choices: readonly ForKey[]) => (key.can.includes(purpose) ? choices : [])
  return [
    ...has('encrypt', forEncryption),
    ...has('sign', forSigning),
    ...has('mac', forMacs),
    ...(key.traits.includes('exportable') ? [forExport] : []),
    ...forAll,
  ].flatMap((one) => one(key) ?? [])
}
