/** Bodies of the requests on key stores. */
import * as z from 'zod'
import { limits } from '../../../../src/clouds/exoscale/rules.ts'
import { ruleError, text } from '../../field-rules.ts'
import { object, oneOf } from '../validation.ts'

/** The access key stands in a header, so its characters are few. */
const accessKeyRule = ruleError('must be 1 to 128 characters out of letters, digits and . _ -')

const auth = object({
  key: z.string(accessKeyRule).regex(/^[\w.-]{1,128}$/, accessKeyRule),
  secret: text({ min: 1, max: 256 }),
})

const description = text({ min: 0, ...limits.keyStoreDescription })
const endpoint = text({ min: 1, max: 256 })

export const CreateKeyStoreBody = z.object({
  name: text(limits.keyStoreName),
  description: z.optional(description),
  type: z.optional(oneOf(['external-key-store'])),
  proxy: object({ endpoint, auth }),
})

/** The name can't be changed. */
export const UpdateKeyStoreBody = z.object({
  description: z.optional(description),
  proxy: z.optional(object({ endpoint: z.optional(endpoint), auth: z.optional(auth) })),
})
