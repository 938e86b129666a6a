/** Public keys of asymmetric keys. */
import { type Call, send } from '../http.ts'
import type { KmsKey } from '../model.ts'
import { keyPath, transportOf } from './connection.ts'
import { PublicKeyAnswer } from './wire.ts'

export const publicKeyCall = (id: string): Call => ({ method: 'GET', path: keyPath(id, '/get-public-key') })

/** PEM (RFC 7468) of base64. */
const toPem = (der: string) =>
  `-----BEGIN PUBLIC KEY-----\n${der.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PUBLIC KEY-----\n`

/** One version: only symmetric keys rotate. */
export async function publicKeys({ id, location }: KmsKey, signal?: AbortSignal): Promise<ReadonlyMap<number, string>> {
  const { 'public-key': der } = await send(transportOf(location), publicKeyCall(id), PublicKeyAnswer, signal)
  return new Map(der === undefined ? [] : [[1, toPem(der)]])
}
