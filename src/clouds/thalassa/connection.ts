import type { Transport } from '../http.ts'

export const transport: Transport = {
  cloud: 'thalassa',
  name: 'Thalassa Cloud',
  gatewayPath: (path) => `/api/thalassa${path}`,
  masked: ['plaintext', 'ciphertext', 'input', 'signature', 'hmac', 'keyMaterial', 'importKeyMaterial'],
  readError: async (status, body) => (await import('./errors.ts')).readError(status, body),
}

export const keysPath = (region: string): string => `/v1/kms/${encodeURIComponent(region)}/keys`
