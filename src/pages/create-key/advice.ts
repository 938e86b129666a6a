/** One line of guidance for each algorithm where the type of a key is chosen. */
import type { Algorithm, AlgorithmName, Purpose } from '../../clouds/algorithms.ts'

const advice: Readonly<Record<string, string>> = {
  'aes256-gcm96': 'The default, also for envelope encryption.',
  'chacha20-poly1305': 'As strong; faster without AES hardware.',
  'aes128-gcm96': 'Only where a policy names AES-128.',
  'rsa-4096': 'Encrypts with a public key, tiny payloads. Signs too.',
  'rsa-3072': 'The same, smaller and faster.',
  'rsa-2048': 'For clients that accept nothing larger.',
  'ecdsa-p256': 'Understood everywhere, also by DNSSEC.',
  ed25519: 'Compact signatures between your own services. Not for DNSSEC.',
  'ecdsa-p384': 'Where a policy asks for a larger curve.',
  'ecdsa-p521': 'The largest curve. Not for DNSSEC.',
  'ml-dsa-65': 'Withstands quantum computers. Signatures of 3,309 bytes.',
  'ml-dsa-87': 'The same with a larger margin. Signatures of 4,627 bytes.',
  'hmac-sha256': 'The hash is fixed to SHA-256.',
  'hmac-sha512': 'The hash is fixed to SHA-512.',
  hmac: 'Each request chooses its hash; SHA-256 by default.',
} satisfies Record<AlgorithmName, string>

/** The same where a key does one of the two things that its algorithm can do. */
const adviceForOne: { readonly [Name in string]?: { readonly [One in Purpose]?: string } } = {
  'rsa-4096': {
    encrypt: 'As with 3,072 bits, larger and slower.',
    sign: 'As with 3,072 bits, slower. Signatures of 512 bytes.',
  },
  'rsa-3072': {
    encrypt: 'Encrypts tiny payloads, also offline with the public key.',
    sign: 'For clients without elliptic curves. Signatures of 384 bytes.',
  },
} satisfies { readonly [Name in AlgorithmName]?: object }

export const adviceFor = ({ name, can, purpose }: Algorithm): string =>
  (can.length === 1 ? adviceForOne[name]?.[purpose] : undefined) ?? advice[name] ?? ''
