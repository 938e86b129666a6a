import { limits } from '../../../src/clouds/thalassa/rules.ts'
import type { HttpRequest } from '../../http/exchange.ts'
import { fromBase64, isObject, parseJson } from '../field-rules.ts'
import { ApiError } from './errors.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Limit of a body in bytes; the longest valid body is a ciphertext of 87,440 characters. */
const MAX_BODY = 1_048_576

function withinLimit(bytes: Buffer | undefined): Buffer {
  if (!bytes) throw new ApiError(413, `request body must be at most ${MAX_BODY} bytes`)
  return bytes
}

/** Body as text of at most 1 MiB; 413 for a longer one. */
export async function readText(request: HttpRequest): Promise<string> {
  const bytes = await request.body(MAX_BODY, { drain: true })
  return withinLimit(bytes).toString('utf8')
}

/** Object from a JSON text; 400 for any other text. */
function parseBody(given: Buffer | undefined): JsonObject {
  const bytes = withinLimit(given)
  let value: unknown
  try {
    value = parseJson(bytes)
  } catch {
    value = undefined
  }
  if (!isObject(value)) throw new ApiError(400, 'request body must be a JSON object')
  return value
}

/** JSON object from a body of at most 1 MiB of UTF-8; 413 for a longer one, 400 for anything else. */
export const readBody = (request: HttpRequest): Promise<JsonObject> =>
  request.body(MAX_BODY, { drain: true }).then(parseBody)

const optional =
  <T>(kind: string, is: (value: unknown) => value is T) =>
  (body: JsonObject, member: string): T | undefined => {
    const value = body[member]
    if (value === undefined || value === null) return undefined
    if (!is(value)) throw new ApiError(400, `${member} must be ${kind}`)
    return value
  }

const isStringMap = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every((one) => typeof one === 'string')

/** Optional member; null counts as absent. */
export const optionalText = optional('a string', (value): value is string => typeof value === 'string')
export const optionalFlag = optional('a boolean', (value): value is boolean => typeof value === 'boolean')
export const optionalInteger = optional('an integer', (value): value is number => Number.isSafeInteger(value))
const optionalMap = optional('an object of strings', isStringMap)

export function requiredText(body: JsonObject, member: string): string {
  const value = optionalText(body, member)
  if (value === undefined) throw new ApiError(400, `${member} is required`)
  return value
}

/** Length in code points. */
export const characters = (text: string): number => [...text].length

/** Labels or annotations, within the limits of number and length. */
export function stringMap(body: JsonObject, member: 'labels' | 'annotations'): Readonly<Record<string, string>> {
  const map = optionalMap(body, member) ?? {}
  const { count, key, value } = limits.labels
  const entries = Object.entries(map)
  if (entries.length > count) throw new ApiError(400, `${member} must have at most ${count} entries`)
  for (const [name, text] of entries) {
    // Reading the stored key would drop this name.
    if (name === '__proto__') throw new ApiError(400, `${member} can't have the key __proto__`)
    if (name === '' || characters(name) > key)
      throw new ApiError(400, `${member} must have keys between 1 and ${key} characters`)
    if (characters(text) > value) throw new ApiError(400, `${member} must have values of at most ${value} characters`)
  }
  return map
}

export function requiredBytes(body: JsonObject, member: string): Buffer {
  const bytes = fromBase64(requiredText(body, member))
  if (!bytes) throw new ApiError(400, `${member} must be valid base64`)
  return bytes
}

/** Days, when given. */
export function rotationPeriod(body: JsonObject): number | undefined {
  const period = optionalInteger(body, 'rotationPeriodInDays')
  const { min, max } = limits.rotationPeriod
  if (period !== undefined && (period < min || period > max))
    throw new ApiError(400, `rotationPeriodInDays must be between ${min} and ${max}`)
  return period
}
