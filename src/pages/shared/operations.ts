/** What the playground's operations are called, and which of them a key can do. */
import type { Purpose } from '../../clouds/algorithms.ts'
import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'

export const operationIds = [
  'encrypt',
  'decrypt',
  'reEncrypt',
  'dataKey',
  'sign',
  'verify',
  'hmac',
  'verifyHmac',
] as const
export type PlaygroundOperation = (typeof operationIds)[number]

interface OperationLabels {
  readonly purpose: Purpose
  /** On the tab and in the list of this visit. */
  readonly label: string
  /** On the button, and while it runs. */
  readonly act: string
  readonly acting: string
  /** After "can" and "can't". */
  readonly can: string
}

export const operationLabels: Readonly<Record<PlaygroundOperation, OperationLabels>> = {
  encrypt: { purpose: 'encrypt', label: 'Encrypt', act: 'Encrypt', acting: 'Encrypting', can: 'encrypt' },
  decrypt: { purpose: 'encrypt', label: 'Decrypt', act: 'Decrypt', acting: 'Decrypting', can: 'decrypt' },
  reEncrypt: {
    purpose: 'encrypt',
    label: 'Re-encrypt',
    act: 'Re-encrypt',
    acting: 'Re-encrypting',
    can: 're-encrypt',
  },
  dataKey: {
    purpose: 'encrypt',
    label: 'Data key',
    act: 'Generate data key',
    acting: 'Generating data key',
    can: 'generate data keys',
  },
  sign: { purpose: 'sign', label: 'Sign', act: 'Sign', acting: 'Signing', can: 'sign' },
  verify: { purpose: 'sign', label: 'Verify', act: 'Verify', acting: 'Verifying', can: 'verify signatures' },
  hmac: { purpose: 'mac', label: 'HMAC', act: 'Compute HMAC', acting: 'Computing HMAC', can: 'compute HMACs' },
  verifyHmac: {
    purpose: 'mac',
    label: 'Verify HMAC',
    act: 'Verify HMAC',
    acting: 'Verifying HMAC',
    can: 'verify HMACs',
  },
}

/** What its result can be used in. */
export const nextOperation: Readonly<Partial<Record<PlaygroundOperation, PlaygroundOperation>>> = {
  encrypt: 'decrypt',
  decrypt: 'encrypt',
  reEncrypt: 'decrypt',
  dataKey: 'decrypt',
  sign: 'verify',
  hmac: 'verifyHmac',
}

/** Those that the key's type can do, whatever its state; of a type that this build doesn't know, all of its cloud's. */
export function operationsOf({ cloud, can }: KmsKey): readonly PlaygroundOperation[] {
  const { operations } = cloudOf(cloud)
  const offered = operationIds.filter((id) => operations[id] !== undefined)
  const possible = offered.filter((id) => can.includes(operationLabels[id].purpose))
  return possible.length > 0 ? possible : offered
}

/** Why a key can't do it now, as one sentence; undefined when it can. */
export function refusalOf(key: KmsKey, operation: PlaygroundOperation): string | undefined {
  const { operations, longName } = cloudOf(key.cloud)
  const offered = operations[operation]
  return offered ? offered.refusal(key) : `Keys of ${longName} can’t ${operationLabels[operation].can}.`
}

/** Why the playground has nothing to offer for a key now; of what it can do, one that is possible is enough. */
export function playgroundRefusal(key: KmsKey): string | undefined {
  const refusals = operationsOf(key).map((operation) => refusalOf(key, operation))
  return refusals.includes(undefined) ? undefined : refusals[0]
}

/** Whether it can use a version other than the latest. */
export const takesVersion = (operation: PlaygroundOperation): operation is 'encrypt' | 'sign' | 'hmac' =>
  operation === 'encrypt' || operation === 'sign' || operation === 'hmac'
