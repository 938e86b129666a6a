/** JSON bodies of the test API; errors name the field. */
import type * as z from 'zod'
import type { HttpRequest } from '../../http/exchange.ts'
import { InvalidRequest } from './problem.ts'

/** Bytes. */
const LONGEST = 8 * 1_048_576

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new InvalidRequest('The body must be JSON.')
  }
}

/** Field as text: `rules[0].status`. */
const fieldOf = (path: readonly PropertyKey[]) =>
  path.reduce<string>(
    (field, part) =>
      typeof part === 'number' ? `${field}[${part}]` : field ? `${field}.${String(part)}` : String(part),
    '',
  )

function complaint({ path, message, ...issue }: z.core.$ZodIssue): string {
  const unknown = issue.code === 'unrecognized_keys' ? `${issue.keys.join(', ')} is not known here` : undefined
  return `${fieldOf(path) || 'The body'}: ${unknown ?? message}`
}

/**
 * Reads a body by its schema; an empty one counts as `{}`.
 * @throws InvalidRequest that names every wrong field
 */
export async function readJson<T>(request: HttpRequest, schema: z.ZodType<T>): Promise<T> {
  const body = await request.body(LONGEST)
  if (!body) throw new InvalidRequest(`The body must be at most ${LONGEST} bytes.`)
  const text = body.toString('utf8')
  const read = schema.safeParse(text.trim() === '' ? {} : parse(text))
  if (read.success) return read.data
  throw new InvalidRequest(read.error.issues.map(complaint).join('; '))
}
