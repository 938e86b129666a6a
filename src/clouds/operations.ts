/** Operations on keys: what each takes and answers, and what the cryptographic ones are called. The server reads the types. */

import type { Purpose } from './algorithms.ts'
import type { Period } from './period.ts'

/** Chosen options of an operation by their id; the provider's default stands for what is left out. */
export type ChosenOptions = Readonly<Record<string, string>>

export interface SignInput {
  readonly input: Uint8Array
  readonly keyVersion?: number
  /** Hash by the provider's own name. */
  readonly hash?: string
  /** Whether the input is a digest made with that hash. */
  readonly prehashed?: boolean
  readonly options?: ChosenOptions
}

/** Bytes that a use of a key is bound to, each a thing of its own. Decrypting needs those that encrypting had. */
export interface BoundBytes {
  /** Encryption context of the provider: authenticated with the ciphertext and not stored in it. */
  readonly context?: Uint8Array
  /** Associated data of an AEAD cipher, chosen per call: authenticated and not stored. */
  readonly associatedData?: Uint8Array
  /** Context that the key of the call is derived with, for keys that were created so. */
  readonly derivationContext?: Uint8Array
}

/** Input of each operation. Bytes are raw: each provider encodes them as its API wants. */
export interface OperationInputs {
  encrypt: BoundBytes & { readonly plaintext: Uint8Array; readonly keyVersion?: number }
  decrypt: BoundBytes & { readonly ciphertext: string }
  /** From this key to another of the same location, or to this key's newest version. */
  reEncrypt: {
    readonly ciphertext: string
    readonly context?: Uint8Array
    /** Id of the key that the result belongs to. */
    readonly destination: string
    /** Its type; left out where it is this key's. */
    readonly destinationType?: string
    readonly destinationContext?: Uint8Array
  }
  /** Of the provider's standard size where `bytes` is left out. */
  dataKey: BoundBytes & { readonly bytes?: number }
  sign: SignInput
  verify: {
    readonly input: Uint8Array
    readonly signature: string
    readonly hash?: string
    /** Whether the input is a digest made with that hash, where the provider verifies digests. */
    readonly prehashed?: boolean
    readonly options?: ChosenOptions
  }
  hmac: { readonly input: Uint8Array; readonly keyVersion?: number; readonly hash?: string }
  verifyHmac: { readonly input: Uint8Array; readonly hmac: string; readonly hash?: string }
  replicate: { readonly location: string }
  /** One version's secret or private material, in clear. */
  export: { readonly keyVersion?: number }
  rotate: Record<never, never>
  /** The period is in the provider's unit. */
  setRotation: { readonly automatic: boolean; readonly period?: Period }
  disable: Record<never, never>
  enable: Record<never, never>
  scheduleDeletion: { readonly days?: number }
  cancelDeletion: Record<never, never>
}

export interface OperationAnswers {
  encrypt: { readonly ciphertext: string; readonly keyVersion?: number }
  decrypt: { readonly plaintext: Uint8Array<ArrayBuffer>; readonly keyVersion?: number }
  reEncrypt: { readonly ciphertext: string }
  dataKey: { readonly plaintext: Uint8Array<ArrayBuffer>; readonly ciphertext: string }
  sign: { readonly signature: string; readonly keyVersion?: number }
  verify: { readonly valid: boolean }
  hmac: { readonly hmac: string; readonly keyVersion?: number }
  verifyHmac: { readonly valid: boolean; readonly keyVersion?: number }
  replicate: undefined
  export: { readonly material: string; readonly keyVersion: number }
  rotate: undefined
  setRotation: undefined
  disable: undefined
  enable: undefined
  scheduleDeletion: undefined
  cancelDeletion: undefined
}

export type OperationId = keyof OperationInputs

/** Operations that keys are made for, in the order in which screens list them. */
export const cryptographicOperationIds = [
  'encrypt',
  'decrypt',
  'reEncrypt',
  'dataKey',
  'sign',
  'verify',
  'hmac',
  'verifyHmac',
] as const satisfies readonly OperationId[]

export type CryptographicOperation = (typeof cryptographicOperationIds)[number]

/** Names on tabs, in lists and in the activity. */
export const cryptographicLabels: Readonly<Record<CryptographicOperation, string>> = {
  encrypt: 'Encrypt',
  decrypt: 'Decrypt',
  reEncrypt: 'Re-encrypt',
  dataKey: 'Data key',
  sign: 'Sign',
  verify: 'Verify',
  hmac: 'HMAC',
  verifyHmac: 'Verify HMAC',
}

/** Input for code that shows an operation without anybody's data. */
interface CodeExample<Input> {
  /** Name of the example where it is not the operation's label. */
  readonly label?: string
  readonly input: Input
  /** Sentences about what to put in the place of sample values, and what to mind. */
  readonly note: string
}

interface OperationDescription<Input> {
  readonly purpose: Purpose
  /** Verb phrase after "can" and "can't". */
  readonly ability: string
  /**
   * @param keyId id of the key in the code
   * @param placeholder a name such as `YOUR_CIPHERTEXT` as the provider writes such values
   */
  readonly example: (keyId: string, placeholder: (name: string) => string) => CodeExample<Input>
}

const SAMPLE = new TextEncoder().encode('hello')
const replaceSample = 'aGVsbG8= is “hello” in base64: replace it with your data.'

export const cryptographicOperations: {
  readonly [Id in CryptographicOperation]: OperationDescription<OperationInputs[Id]>
} = {
  encrypt: {
    purpose: 'encrypt',
    ability: 'encrypt',
    example: () => ({ input: { plaintext: SAMPLE }, note: replaceSample }),
  },
  decrypt: {
    purpose: 'encrypt',
    ability: 'decrypt',
    example(_, placeholder) {
      const ciphertext = placeholder('YOUR_CIPHERTEXT')
      return { input: { ciphertext }, note: `Replace ${ciphertext} with the ciphertext that encrypt returns.` }
    },
  },
  reEncrypt: {
    purpose: 'encrypt',
    ability: 're-encrypt',
    example(destination, placeholder) {
      const ciphertext = placeholder('YOUR_CIPHERTEXT')
      return {
        input: { ciphertext, destination },
        note: `Replace ${ciphertext} with the ciphertext that encrypt returns. The destination is the latest version of this key; replace its id to use another.`,
      }
    },
  },
  dataKey: {
    purpose: 'encrypt',
    ability: 'generate data keys',
    example: () => ({ label: 'Generate data key', input: {}, note: 'The output contains the data key as plaintext.' }),
  },
  sign: {
    purpose: 'sign',
    ability: 'sign',
    example: () => ({ input: { input: SAMPLE }, note: replaceSample }),
  },
  verify: {
    purpose: 'sign',
    ability: 'verify signatures',
    example(_, placeholder) {
      const signature = placeholder('YOUR_SIGNATURE')
      return {
        input: { input: SAMPLE, signature },
        note: `${replaceSample} Replace ${signature} with the signature that sign returns.`,
      }
    },
  },
  hmac: {
    purpose: 'mac',
    ability: 'compute HMACs',
    example: () => ({ input: { input: SAMPLE }, note: replaceSample }),
  },
  verifyHmac: {
    purpose: 'mac',
    ability: 'verify HMACs',
    example(_, placeholder) {
      const hmac = placeholder('YOUR_HMAC')
      return {
        input: { input: SAMPLE, hmac },
        note: `${replaceSample} Replace ${hmac} with the HMAC that hmac returns.`,
      }
    },
  },
}
