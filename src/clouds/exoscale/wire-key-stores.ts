/** Wire format of external key stores (beta). The first screen needs none of it. */
import * as z from 'zod/mini'

export const keyStoreStatuses = ['connected', 'disconnected'] as const
export type KeyStoreStatus = (typeof keyStoreStatuses)[number]

const KeyStoreHealth = z.object({
  /** `healthy`, `unhealthy` or `unknown`. */
  status: z.optional(z.string()),
  /** A word, such as `proxy-unreachable`. */
  'status-reason': z.optional(z.string()),
  'checked-at': z.optional(z.string()),
  /** The proxy's own health answer, in base64. */
  'metadata-json': z.optional(z.string()),
  'error-detail': z.optional(z.string()),
})
export type KeyStoreHealth = z.infer<typeof KeyStoreHealth>

/** Every member may be missing, by the published schema. The proxy's secret is never answered. */
export const KeyStore = z.object({
  id: z.optional(z.string()),
  name: z.optional(z.string()),
  description: z.optional(z.string()),
  type: z.optional(z.string()),
  /** One of `keyStoreStatuses`; troubles are in `health`. */
  status: z.optional(z.string()),
  'status-since': z.optional(z.string()),
  'created-at': z.optional(z.string()),
  proxy: z.optional(
    z.object({ endpoint: z.optional(z.string()), auth: z.optional(z.object({ key: z.optional(z.string()) })) }),
  ),
  /** Only in the answer for a single store, and absent before the first check. */
  health: z.optional(KeyStoreHealth),
})
export type KeyStore = z.infer<typeof KeyStore>

export const KeyStoreList = z.object({ 'key-stores': z.optional(z.array(KeyStore)) })
