/** Signatures that the local KMS makes are verified by a browser's Web Cryptography with the public key alone. */
import { expect, test } from 'vitest'
import { commands } from 'vitest/browser'
import { rawSignature, readDerSignature } from './der.ts'

interface Sample {
  readonly name: string
  readonly family: string
  readonly bits: number
  readonly hash: 'sha256' | 'sha384' | 'sha512'
  readonly prehashed: boolean
  readonly publicKey: string
  readonly message: string
  readonly signature: string
}

declare module 'vitest/browser' {
  interface BrowserCommands {
    signedSamples: () => Promise<readonly Sample[]>
  }
}

const hashNames = { sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const

/** Parameters of Web Cryptography for the import of a key and for verification. */
function schemeOf({
  name,
  family,
  bits,
  hash,
}: Sample): [RsaHashedImportParams | EcKeyImportParams | string, RsaPssParams | EcdsaParams | string] {
  const hashName = hashNames[hash]
  if (family === 'rsa')
    return [
      { name: 'RSA-PSS', hash: hashName },
      { name: 'RSA-PSS', saltLength: Number(hash.slice(3)) / 8 },
    ]
  if (family === 'ecdsa')
    return [
      { name: 'ECDSA', namedCurve: `P-${bits}` },
      { name: 'ECDSA', hash: hashName },
    ]
  const identifier = family === 'ml-dsa' ? name.toUpperCase() : 'Ed25519'
  return [identifier, identifier]
}

function signatureFor({ family, bits }: Sample, signature: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const integers = family === 'ecdsa' ? readDerSignature(signature) : undefined
  return (integers && rawSignature(integers, Math.ceil(bits / 8))) ?? signature
}

async function verified(sample: Sample, text?: string): Promise<boolean | 'unsupported'> {
  const [imported, verification] = schemeOf(sample)
  const bytes = (encoded: string) => Uint8Array.fromBase64(encoded)
  try {
    const key = await crypto.subtle.importKey('spki', bytes(sample.publicKey), imported, false, ['verify'])
    const message = text === undefined ? bytes(sample.message) : new TextEncoder().encode(text)
    return await crypto.subtle.verify(verification, key, signatureFor(sample, bytes(sample.signature)), message)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotSupportedError') return 'unsupported'
    throw error
  }
}

test('RSA-PSS, ECDSA and Ed25519 are verified, ML-DSA where the browser has it', async () => {
  const samples = await commands.signedSamples()
  expect(samples).toHaveLength(33)
  for (const sample of samples) {
    const { name, hash, prehashed } = sample
    const verdicts = { own: await verified(sample), other: await verified(sample, 'what was not') }
    const isUnsupported = sample.family === 'ml-dsa' && verdicts.own === 'unsupported'
    const expected = isUnsupported ? { own: 'unsupported', other: 'unsupported' } : { own: true, other: false }
    expect({ name, hash, prehashed, ...verdicts }).toEqual({ name, hash, prehashed, ...expected })
  }
})
