import { algorithmNamed } from '../../../src/clouds/algorithms.ts'
import type { EndpointId } from '../../../src/clouds/exoscale/endpoints.ts'
import type { SigningAlgorithmName } from '../../../src/clouds/exoscale/key-specs.ts'
import type { ApiRevision } from '../../../src/clouds/exoscale/revisions.ts'
import { MalformedSignatureError, type SignatureScheme } from '../crypto/signatures.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import { type Call, type Operation, ofKey } from './call.ts'
import type { KeyAccess } from './key-access.ts'
import { requireUsage, signingAlgorithmOf, specOf, usageOf } from './key-kinds.ts'
import { statusAfter } from './lifecycle.ts'
import { type Answer, answer, Problem } from './problems.ts'
import { type Content, readBody, SignBody, VerifyBody } from './validation.ts'

interface Signed {
  readonly message: Buffer
  readonly 'message-type'?: 'raw' | 'digest' | undefined
  readonly 'signing-algorithm': SigningAlgorithmName
}

/** Scheme and kind of input of a call. Throws a Problem for an algorithm or a digest that does not fit. */
function schemeOf(key: StoredKey, asked: Signed): SignatureScheme & { readonly prehashed: boolean } {
  const { message, 'message-type': type = 'raw', 'signing-algorithm': name } = asked
  const { hash = 'sha512', digest } = signingAlgorithmOf(key, name)
  const prehashed = type === 'digest'
  if (prehashed && digest === undefined) {
    const detail = `must be raw: ${name} takes no digest`
    throw new Problem('invalid-argument', `message-type ${detail}`, [{ at: ['message-type'], detail }])
  }
  if (prehashed && message.length !== digest) {
    const detail = `must be a digest of ${digest} bytes for ${name}, it has ${message.length}`
    throw new Problem('invalid-argument', `message ${detail}`, [{ at: ['message'], detail }])
  }
  return { hash, prehashed, salt: 'digest', ed25519ph: name === 'ED25519_PH_SHA_512' }
}

/** Operations that sign, verify and answer public keys. */
export function createSigningOperations({
  keyring,
  access,
  revision,
}: {
  keyring: Keyring
  access: KeyAccess
  revision: ApiRevision
}) {
  function signingKey(call: Call, what: string): StoredKey {
    const key = access.find(call)
    statusAfter(key, 'use')
    requireUsage(key, 'sign-verify', what, revision)
    return key
  }

  async function sign(call: Call, content: Content): Promise<Answer> {
    const asked = readBody(SignBody, content)
    const key = signingKey(call, 'sign')
    const how = schemeOf(key, asked)
    const signature = await keyring.sign(key, key.latestVersion, { ...how, input: asked.message })
    return answer({
      signature: signature.toString('base64'),
      'key-spec': specOf(key),
      'signing-algorithm': asked['signing-algorithm'],
    })
  }

  async function isValid(key: StoredKey, asked: Signed, signature: Buffer): Promise<boolean> {
    try {
      return await keyring.verify(
        key,
        key.latestVersion,
        { ...schemeOf(key, asked), message: asked.message },
        signature,
      )
    } catch (error) {
      if (error instanceof MalformedSignatureError) return false
      throw error
    }
  }

  async function verify(call: Call, content: Content): Promise<Answer> {
    const asked = readBody(VerifyBody, content)
    const key = signingKey(call, 'verify')
    if (!(await isValid(key, asked, asked.signature)))
      throw new Problem('invalid-signature', `the signature is not one of the key ${key.id} for this message`)
    return answer({ 'signature-valid': true, 'key-id': key.id, 'key-spec': specOf(key) })
  }

  async function getPublicKey(call: Call): Promise<Answer> {
    const key = access.find(call)
    statusAfter(key, 'use')
    if (!algorithmNamed(key.algorithm)?.publicKey)
      throw new Problem('invalid-usage', `the key ${key.id} is ${specOf(key)}: it has no public key`)
    const info = await keyring.publicKeyInfo(key, key.latestVersion)
    return answer({
      'key-id': key.id,
      'key-spec': specOf(key),
      usage: usageOf(key),
      'public-key': info.toString('base64'),
    })
  }

  return {
    sign: ofKey(sign),
    verify: ofKey(verify),
    'get-public-key': ofKey(getPublicKey),
  } satisfies Partial<Record<EndpointId, Operation>>
}
