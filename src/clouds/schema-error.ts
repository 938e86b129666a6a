import type * as z from 'zod/mini'

/** The first thing a schema found wrong, as `versions.0.createdAt`. */
export function describeSchemaError(error: z.core.$ZodError): string {
  const issue = error.issues[0]
  return issue && issue.path.length > 0 ? issue.path.join('.') : 'the whole answer'
}
