/** Redaction of requests and responses before they are kept: masked and cut, so that no secret stays in memory. */
import { count, formatNumber } from '../lib/numbers.ts'

/** Members that are masked for every provider. */
const secretName = /secret|password|token|plaintext|private-?key/i

/** Characters of one text, entries of a list, members of an object, and characters of a whole body. */
const LONGEST_TEXT = 256
const ENTRIES = 5
const MEMBERS = 80
const BUDGET = 4_000
const DEEPEST = 8

/** Shorter ones stand in answers by chance. */
const SHORTEST_ECHO = 6

export interface Masking {
  /** Members of bodies whose values are never kept. */
  readonly names: readonly string[]
  /** Masked texts of the request, which an answer may repeat anywhere. */
  readonly echoes?: readonly string[]
}

const sizeOf = (value: unknown): string => {
  if (typeof value === 'string') return `, ${count(value.length, 'character')}`
  return Array.isArray(value) ? `, ${count(value.length, 'entry', 'entries')}` : ''
}

const marker = (name: string, value: unknown) => `<${name}${sizeOf(value)}, masked>`

const isMasked = (name: string, names: readonly string[]) => names.includes(name) || secretName.test(name)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The texts of a request that are masked. */
export function maskedTexts(body: unknown, { names }: Masking): readonly string[] {
  if (Array.isArray(body)) return body.slice(0, ENTRIES).flatMap((entry) => maskedTexts(entry, { names }))
  if (!isObject(body)) return []
  return Object.entries(body).flatMap(([name, value]) => {
    if (!isMasked(name, names)) return maskedTexts(value, { names })
    return typeof value === 'string' && value.length >= SHORTEST_ECHO ? [value] : []
  })
}

const withoutEchoes = (text: string, echoes: readonly string[] = []) =>
  echoes.reduce((told, echo) => told.replaceAll(echo, '<masked>'), text)

function textOf(text: string, { echoes }: Masking): string {
  const told = withoutEchoes(text, echoes)
  return told.length > LONGEST_TEXT
    ? `${told.slice(0, LONGEST_TEXT)}… <cut, ${count(told.length, 'character')} in all>`
    : told
}

/** JSON body, redacted. */
export function redactedBody(body: unknown, masking: Masking): unknown {
  let left = BUDGET
  const keep = (value: unknown, depth: number): unknown => {
    if (left <= 0 || depth > DEEPEST) return '<cut>'
    if (typeof value === 'string') {
      const text = textOf(value, masking)
      left -= text.length
      return text
    }
    if (Array.isArray(value)) {
      const kept = value.slice(0, ENTRIES).map((entry) => keep(entry, depth + 1))
      return value.length > ENTRIES ? [...kept, `<${formatNumber(value.length - ENTRIES)} more>`] : kept
    }
    if (!isObject(value)) {
      left -= 4
      return value
    }
    const entries = Object.entries(value)
    const kept = entries.slice(0, MEMBERS).map(([name, member]): [string, unknown] => {
      left -= name.length
      if (left <= 0) return [name.slice(0, LONGEST_TEXT), '<cut>']
      const nothing = member === null || member === undefined
      return [name, !nothing && isMasked(name, masking.names) ? marker(name, member) : keep(member, depth + 1)]
    })
    const more = entries.length - MEMBERS
    return Object.fromEntries(more > 0 ? [...kept, ['…', `<${formatNumber(more)} more>`]] : kept)
  }
  return keep(body, 0)
}

/**
 * An answer as it may be kept. A text where JSON was due may be the beginning of anything: it is kept only where it is
 * the page or the sentence of an error.
 */
export function redactedAnswer(body: unknown, status: number, masking: Masking): unknown {
  if (typeof body !== 'string') return redactedBody(body, masking)
  const harmless = status >= 400 && !/^\s*["[{]/.test(body)
  return harmless ? textOf(body, masking) : `<no JSON, ${count(body.length, 'character')}, not kept>`
}

/** Headers that are logged; none holds a secret. */
const loggedHeaderNames = [
  'content-type',
  'content-length',
  'content-encoding',
  'retry-after',
  'x-request-id',
  'x-upstream-date',
  'x-clock-difference',
  'date',
]

export const loggedHeaders = (headers: Headers): readonly (readonly [string, string])[] =>
  loggedHeaderNames.flatMap((name) => {
    const value = headers.get(name)
    return value === null ? [] : [[name, value.slice(0, LONGEST_TEXT)] as const]
  })
