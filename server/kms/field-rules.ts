/** Rules for fields that the APIs and the seed share. */
import * as z from 'zod'

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Value of a JSON text in UTF-8. @throws Error for any other bytes */
export const parseJson = (bytes: Uint8Array): unknown => JSON.parse(utf8.decode(bytes))

/** Zod error: the rule, or that the field is required where it is missing. */
export const ruleError = (rule: string) => ({
  error: ({ input }: { input?: unknown }) => (input === undefined ? 'is required' : rule),
})

/** Text of `min` to `max` characters. */
export function text({ min, max }: { min: number; max: number }) {
  const rule = ruleError(
    min > 0 ? `must be a string of ${min} to ${max} characters` : `must be a string of up to ${max} characters`,
  )
  const fits = (value: string) => {
    const length = Array.from(value).length
    // A lone surrogate has no UTF-8 form: two different names would be stored as one.
    return length >= min && length <= max && value.isWellFormed()
  }
  return z.string(rule).refine(fits, rule)
}

/** Bytes from base64 (RFC 4648, section 4, with padding and nothing else); undefined for any other text. */
export function fromBase64(encoded: string): Buffer | undefined {
  const bytes = Buffer.from(encoded, 'base64')
  return bytes.toString('base64') === encoded ? bytes : undefined
}

const DATE = /^\d{4}-\d\d-\d\d$/
const TIME =
  /^(\d{4}-\d\d-\d\d)[T ]((?:[01]\d|2[0-3]):\d\d(?::\d\d(?:\.\d{1,9})?)?)(Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?$/i

export const isDate = (given: string): boolean => DATE.test(given)

/** Whether the day exists: `Date.parse` reads February 31 as March 3. */
const isInCalendar = (date: string): boolean => {
  const read = Date.parse(`${date}T00:00:00Z`)
  return !Number.isNaN(read) && new Date(read).toISOString().startsWith(date)
}

/** A date, or a date and time (RFC 3339; UTC where it names no zone), in milliseconds; undefined for any other text. */
export function readTime(given: string): number | undefined {
  const [, date, time, zone = 'Z'] = isDate(given) ? ['', given, '00:00'] : (TIME.exec(given) ?? [])
  const read = date && isInCalendar(date) ? Date.parse(`${date}T${time}${zone.toUpperCase()}`) : Number.NaN
  return Number.isNaN(read) ? undefined : read
}
