/** Fields that all providers' parts of a seed share. */
import * as z from 'zod'
import { readTime, ruleError } from '../field-rules.ts'

const time = ruleError('must be a date, or a date and time such as 2026-01-31T12:00:00Z')

/** Date, or date and time (RFC 3339; UTC without a zone), read as milliseconds. */
export const instant = z.string(time).transform((text, { issues }) => {
  const read = readTime(text)
  if (read !== undefined) return read
  issues.push({ code: 'custom', message: time.error({ input: text }), input: text })
  return z.NEVER
})

/** Text of printable ASCII without blanks, because it is sent in headers and forms. */
export const secret = (form: RegExp, rule: string) => z.string(ruleError(rule)).regex(form, ruleError(rule))

export const flag = z.boolean(ruleError('must be true or false'))

export const integer = (min: number, max: number) => {
  const rule = ruleError(`must be a whole number from ${min} to ${max}`)
  return z.int(rule).min(min, rule).max(max, rule)
}

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(
    values,
    ruleError(`must be ${values.length > 3 ? 'one of ' : ''}${values.join(values.length > 3 ? ', ' : ' or ')}`),
  )

export const listOf = <T extends z.ZodType>(member: T, most: number) =>
  z.array(member, ruleError('must be a list')).max(most, ruleError(`must have at most ${most} entries`))

/** Limits of entries per list. */
export const MOST = { keys: 20_000, versions: 1000, credentials: 1000, projects: 1000, roles: 1000 } as const

export const keyMaterial = z.string(ruleError('must be a text: base64, PEM, or hex: and hex digits'))
