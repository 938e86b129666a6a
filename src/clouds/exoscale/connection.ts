import type { CloudConnection } from '../gateway/wire.ts'
import type { Transport } from '../http.ts'
import { defaultZone } from './rules.ts'

const masked = ['plaintext', 'ciphertext', 'encryption-context', 'signature', 'secret']

/** Client of one zone's API. */
export const transportOf = (zone: string): Transport => ({
  cloud: 'exoscale',
  name: 'Exoscale',
  location: zone,
  gatewayPath: (path) => `/api/exoscale/${encodeURIComponent(zone)}${path.replace(/^\/v2/, '')}`,
  masked,
  // What is signed; in an answer it is the text of an error.
  maskedInput: ['message'],
  readError: async (status, body) => (await import('./errors.ts')).readError(status, body),
})

export const keyPath = (id: string, rest = '') => `/v2/kms-key/${encodeURIComponent(id)}${rest}`

/** The zone that is asked for what belongs to the whole organisation: each gives the same answer. */
export const zoneOf = ({ zones = [] }: CloudConnection): string =>
  zones.includes(defaultZone) ? defaultZone : (zones[0] ?? defaultZone)
