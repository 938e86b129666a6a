/** Results that go on as input of another operation. */

import { type BytesInput, emptyBytesInput } from './fields/bytes-input.ts'
import { emptyText, textOfBytes } from './fields/encoded-text.ts'
import type { PlaygroundAction, PlaygroundState } from './playground-state.ts'

const fresh = { tried: false, outcome: { state: 'none' } } as const

const messageOfDigest: BytesInput = {
  ...emptyBytesInput,
  typed: { ...emptyText, note: 'A digest was signed. Verifying takes the message that it was made of.' },
}

type CarryOverAction = Extract<PlaygroundAction, { readonly type: 'carry' }>

export function carryOver(bench: PlaygroundState, { from, to, digest }: CarryOverAction): PlaygroundState {
  const { encrypt, decrypt, reEncrypt, dataKey, sign, hmac } = bench
  if (from === 'decrypt' && to === 'reEncrypt') {
    const { ciphertext, context } = decrypt
    return { ...bench, reEncrypt: { ...reEncrypt, ...fresh, ciphertext, context } }
  }
  if (from === 'encrypt' && encrypt.outcome.state === 'done') {
    const { ciphertext } = encrypt.outcome.answer
    return { ...bench, decrypt: { ...fresh, context: encrypt.context, ciphertext } }
  }
  if (from === 'decrypt' && decrypt.outcome.state === 'done') {
    const plaintext: BytesInput = { from: 'typed', typed: textOfBytes(decrypt.outcome.answer.plaintext) }
    return { ...bench, encrypt: { ...fresh, context: decrypt.context, plaintext, version: encrypt.version } }
  }
  if (from === 'reEncrypt' && reEncrypt.outcome.state === 'done') {
    const { ciphertext } = reEncrypt.outcome.answer
    return { ...bench, decrypt: { ...fresh, context: reEncrypt.destinationContext, ciphertext } }
  }
  if (from === 'dataKey' && dataKey.outcome.state === 'done') {
    const { ciphertext } = dataKey.outcome.answer
    return { ...bench, decrypt: { ...fresh, context: dataKey.context, ciphertext } }
  }
  if (from === 'sign' && sign.outcome.state === 'done') {
    const { message, hash, outcome } = sign
    const proof = outcome.answer.signature
    const verify = { ...fresh, message: digest ? messageOfDigest : message, hash, proof }
    return { ...bench, verify: { ...verify, offline: { state: 'none' } } }
  }
  if (from === 'hmac' && hmac.outcome.state === 'done') {
    const { message, hash, outcome } = hmac
    return { ...bench, verifyHmac: { ...fresh, message, hash, proof: outcome.answer.hmac } }
  }
  return bench
}
