/** Wire format of Exoscale's error answers. */
import * as z from 'zod/mini'

/** A problem document (RFC 9457) or one of the older bodies; every member may be missing. */
export const ErrorBody = z.object({
  type: z.optional(z.string()),
  title: z.optional(z.string()),
  status: z.optional(z.number()),
  detail: z.optional(z.string()),
  instance: z.optional(z.string()),
  message: z.optional(z.string()),
  error: z.optional(z.string()),
  /** What the proxy of an external key store answered. */
  'xks-proxy-error': z.optional(
    z.object({ 'error-name': z.optional(z.string()), 'error-message': z.optional(z.string()) }),
  ),
  errors: z.optional(
    z.array(
      z.union([
        z.string(),
        z.object({
          path: z.optional(z.string()),
          pointer: z.optional(z.string()),
          location: z.optional(z.string()),
          detail: z.optional(z.string()),
          message: z.optional(z.string()),
        }),
      ]),
    ),
  ),
})
