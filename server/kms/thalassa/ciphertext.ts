import { fromBase64 } from '../field-rules.ts'

export interface Envelope {
  readonly version: number
  readonly body: Buffer
}

/** Ciphertext as text: `thalassa:vN:` and the body in base64. */
export const sealEnvelope = (version: number, body: Buffer): string => `thalassa:v${version}:${body.toString('base64')}`

/**
 * Parses `thalassa:vN:` and Transit's `vault:vN:`; version 0 means 1. Undefined for any other text and for a
 * body that is not strict base64.
 */
export function openEnvelope(text: string): Envelope | undefined {
  const [prefix, version, encoded, ...more] = text.split(':')
  if ((prefix !== 'thalassa' && prefix !== 'vault') || encoded === undefined || more.length > 0) return undefined
  const digits = /^v(\d+)$/.exec(version ?? '')?.[1]
  const body = fromBase64(encoded)
  if (digits === undefined || !body) return undefined
  return { version: Number(digits) || 1, body }
}
