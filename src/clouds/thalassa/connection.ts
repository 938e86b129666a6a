import type { Transport } from '../http.ts'
import { readError } from './read.ts'

export const transport: Transport = {
  cloud: 'thalassa',
  name: 'Thalassa Cloud',
  gatewayPath: (path) => `/api/thalassa${path}`,
  masked: ['plaintext', 'ciphertext', 'input', 'signature', 'hmac', 'keyMaterial', 'importKeyMaterial'],
  readError,
}

export const keysPath = (region: string): string => `/v1/kms/${encodeURIComponent(region)}/keys`
