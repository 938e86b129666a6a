/**
 * Selected vectors of Project Wycheproof, https://github.com/C2SP/wycheproof, folder testvectors_v1 at commit
 * d17cc89fa5c8f4f4d378b5385ebf75da5d0926c9 (Apache License 2.0). Bytes are hexadecimal; `source` names the file there.
 */
import type { AlgorithmName } from '../../../../../src/clouds/algorithms.ts'
import type { HashName } from '../../hashes.ts'

export interface SignatureVectors {
  readonly source: string
  readonly algorithm: AlgorithmName
  /** Ignored by Ed25519 and ML-DSA. */
  readonly hash: HashName
  /** SubjectPublicKeyInfo. */
  readonly publicKey: string
  readonly tests: readonly {
    readonly id: number
    readonly what: string
    readonly message: string
    readonly signature: string
    readonly isValid: boolean
  }[]
}

export interface DecryptionVectors {
  readonly source: string
  readonly algorithm: AlgorithmName
  /** PKCS#8. */
  readonly privateKey: string
  readonly tests: readonly {
    readonly id: number
    readonly what: string
    readonly ciphertext: string
    /** Absent: the ciphertext is refused. */
    readonly plaintext?: string
  }[]
}
