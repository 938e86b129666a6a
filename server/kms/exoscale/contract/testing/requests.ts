/** Bodies from the schema of a request: a complete one, those at its limits, and all violations. */
import { isObject } from '../../../field-rules.ts'
import type { ArraySchema, IntegerSchema, ObjectSchema, Path, Schema, StringSchema } from './schema.ts'

export type Body = Readonly<Record<string, unknown>>

/** Valid value with one change. */
export interface Variant {
  /** Path of the changed member. */
  readonly at: Path
  readonly what: string
  readonly value: unknown
}

/** Values that a schema can't define, such as existing ids and valid ciphertext, by dotted path of the member. */
export type Given = Readonly<Record<string, unknown>>

const formatted = {
  uuid: '019eef1b-c320-7416-89a2-8f65eb889ad1',
  byte: 'aGVsbG8=',
  'date-time': '2026-01-01T00:00:00Z',
  'uri-reference': '#/text',
} as const

function sampleText({ enum: values, default: usual, format }: StringSchema): string {
  if (format) return formatted[format]
  return usual ?? values?.[0] ?? 'text'
}

/** Valid value with every member of the schema; undefined in `given` omits a member. */
export function sample(schema: Schema, given: Given = {}, at: Path = []): unknown {
  const path = at.join('.')
  if (Object.hasOwn(given, path)) return given[path]
  if (schema.type === 'string') return sampleText(schema)
  if (schema.type === 'boolean') return schema.default ?? true
  if (schema.type === 'integer') return schema.default ?? schema.minimum ?? (schema.exclusiveMinimum ?? 0) + 1
  if (schema.type === 'array') return [sample(schema.items, given, [...at, '0'])]
  const { properties = {}, additionalProperties } = schema
  const chosen = additionalProperties && additionalProperties !== true ? { kms: additionalProperties } : {}
  const members = Object.entries({ ...properties, ...chosen })
    .map(([member, described]) => [member, sample(described, given, [...at, member])] as const)
    .filter(([, value]) => value !== undefined)
  return Object.fromEntries(members)
}

const without = (body: Body, member: string): Body =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== member))

const ofEveryType: ReadonlyArray<readonly [type: Schema['type'] | 'null', what: string, value: unknown]> = [
  ['null', 'null', null],
  ['boolean', 'true', true],
  ['boolean', 'false', false],
  ['integer', 'a number', 117],
  ['integer', 'zero', 0],
  ['string', 'a text', 'surprise'],
  ['string', 'a number as a text', '117'],
  ['string', 'an empty text', ''],
  ['array', 'a list', []],
  ['array', 'a list of a text', ['surprise']],
  ['object', 'an object', {}],
  ['object', 'an object with a member', { surprise: 1 }],
]

function* wrongTypes(schema: Schema): Generator<readonly [what: string, value: unknown]> {
  for (const [type, what, value] of ofEveryType)
    if (type !== schema.type && !(type === 'null' && schema.nullable)) yield [what, value]
}

const base64Of = (size: number) => Buffer.alloc(size).toString('base64')

function* wrongTexts(schema: StringSchema): Generator<readonly [what: string, value: unknown]> {
  const { enum: values, minLength = 0, maxLength, minBytes = 0, maxBytes, format } = schema
  if (values)
    yield* ['', 'surprise', `${values[0]} `, `${values[0]?.toUpperCase()}x`].map((text) => [text, text] as const)
  if (minLength > 0) yield ['too short', 'x'.repeat(minLength - 1)]
  if (maxLength !== undefined) yield ['too long', 'x'.repeat(maxLength + 1)]
  if (maxLength !== undefined) yield ['too long outside the basic plane', '🔑'.repeat(maxLength + 1)]
  if (minBytes > 0) yield ['too few bytes', base64Of(minBytes - 1)]
  if (maxBytes !== undefined) yield ['too many bytes', base64Of(maxBytes + 1)]
  if (format === 'byte')
    yield* [
      ['URL-safe base64', '-_-_'],
      ['base64 without padding', 'aGVsbG8'],
      ['base64 with stray bits', 'aGVsbG9='],
      ['base64 with a line feed', 'aGVs\nbG8='],
      ['base64 and more', 'aGVsbG8=aGVsbG8='],
      ['padding alone', '='],
      ['no base64', 'é!'],
    ] as const
  if (format === 'uuid')
    yield* [
      ['no UUID', 'x'],
      ['an empty id', ''],
      ['a UUID without dashes', formatted.uuid.replaceAll('-', '')],
      ['a UUID in braces', `{${formatted.uuid}}`],
      ['a UUID and more', `${formatted.uuid}0`],
      ['a UUID and a line feed', `${formatted.uuid}\n`],
    ] as const
}

function* wrongNumbers(schema: IntegerSchema): Generator<readonly [what: string, value: unknown]> {
  const { minimum, maximum, exclusiveMinimum } = schema
  const usual = minimum ?? exclusiveMinimum ?? 0
  yield ['a fraction', usual + 1.5]
  if (minimum !== undefined) yield* [minimum - 1, -minimum, -(2 ** 53)].map((value) => [`${value}`, value] as const)
  if (exclusiveMinimum !== undefined) yield* [exclusiveMinimum, -1].map((value) => [`${value}`, value] as const)
  if (maximum !== undefined) yield* [maximum + 1, 2 ** 53, 1e308].map((value) => [`${value}`, value] as const)
}

const within = (member: string, variant: Variant, put: (value: unknown) => unknown): Variant => ({
  ...variant,
  at: [member, ...variant.at],
  value: put(variant.value),
})

function* insideArray(schema: ArraySchema, value: readonly unknown[]): Generator<Variant> {
  const [first, ...rest] = value
  for (const variant of violations(schema.items, first)) yield within('0', variant, (item) => [item, ...rest])
  // Violations are found at any index.
  for (const variant of violations(schema.items, first)) yield within('1', variant, (item) => [first, item])
  if (schema.uniqueItems) yield { at: [], what: 'an item twice', value: [first, first] }
}

function* insideObject(schema: ObjectSchema, value: Body): Generator<Variant> {
  const { required = [], properties = {}, additionalProperties } = schema
  for (const member of required) yield { at: [member], what: 'missing', value: without(value, member) }
  for (const [member, content] of Object.entries(value)) {
    const described = properties[member] ?? additionalProperties
    if (described === undefined || described === true) continue
    for (const variant of violations(described, content))
      yield within(member, variant, (changed) => ({ ...value, [member]: changed }))
  }
}

/** All violations that follow from the schema, each in an otherwise valid value. */
export function* violations(schema: Schema, value: unknown): Generator<Variant> {
  const wrong = function* (values: Iterable<readonly [what: string, value: unknown]>): Generator<Variant> {
    for (const [what, broken] of values) yield { at: [], what, value: broken }
  }
  yield* wrong(wrongTypes(schema))
  if (schema.type === 'string') yield* wrong(wrongTexts(schema))
  if (schema.type === 'integer') yield* wrong(wrongNumbers(schema))
  if (schema.type === 'array' && Array.isArray(value)) yield* insideArray(schema, value)
  if (schema.type === 'object' && isObject(value)) yield* insideObject(schema, value)
}

function* edgeValues(schema: Schema): Generator<unknown> {
  if (schema.nullable) yield null
  if (schema.type === 'string') {
    const { enum: values = [], minLength, maxLength, minBytes, maxBytes } = schema
    yield* values
    yield* [minBytes, maxBytes].filter((size) => size !== undefined).map(base64Of)
    if (minLength !== undefined) yield 'n'.repeat(minLength)
    if (maxLength !== undefined) yield* ['n'.repeat(maxLength), '🔑'.repeat(maxLength)]
  }
  if (schema.type === 'integer') {
    const { minimum, maximum, exclusiveMinimum } = schema
    if (exclusiveMinimum !== undefined) yield* [exclusiveMinimum + 1, 2 ** 31, Number.MAX_SAFE_INTEGER]
    yield* [minimum, maximum].filter((bound) => bound !== undefined)
  }
  if (schema.type === 'boolean') yield* [true, false]
  if (schema.type === 'array') yield []
  if (schema.type === 'object' && schema.additionalProperties) yield {}
}

/** Valid values at the limits of the schema: each member at its minimum and maximum, each optional one omitted. */
export function* edges(schema: Schema, value: unknown): Generator<Variant> {
  for (const edge of edgeValues(schema)) yield { at: [], what: JSON.stringify(edge).slice(0, 20), value: edge }
  if (schema.type === 'array' && Array.isArray(value))
    for (const variant of edges(schema.items, value[0])) yield within('0', variant, (item) => [item])
  if (schema.type !== 'object' || !isObject(value)) return
  const { required = [], properties = {}, additionalProperties } = schema
  if (!additionalProperties)
    yield { at: [], what: 'a member that is described nowhere', value: { ...value, 'surprise-1': { deep: [1, null] } } }
  for (const [member, content] of Object.entries(value)) {
    const described = properties[member] ?? additionalProperties
    if (described === undefined || described === true) continue
    const optional = Object.hasOwn(properties, member) && !required.includes(member)
    if (optional) yield { at: [member], what: 'left out', value: without(value, member) }
    for (const variant of edges(described, content))
      yield within(member, variant, (changed) => ({ ...value, [member]: changed }))
  }
}
