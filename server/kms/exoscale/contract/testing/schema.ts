/** Subset of JSON Schema for the contract, and its validation. */

import { isObject } from '../../../field-rules.ts'

interface Documented {
  readonly nullable?: true
}

export interface StringSchema extends Documented {
  readonly type: 'string'
  readonly enum?: readonly string[]
  readonly default?: string
  /** Characters. */
  readonly minLength?: number
  readonly maxLength?: number
  /** Of decoded base64. */
  readonly minBytes?: number
  readonly maxBytes?: number
  /** `byte` is base64 in the standard alphabet, with padding. */
  readonly format?: 'uuid' | 'date-time' | 'byte' | 'uri-reference'
}

export interface IntegerSchema extends Documented {
  readonly type: 'integer'
  readonly default?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
}

export interface BooleanSchema extends Documented {
  readonly type: 'boolean'
  readonly default?: boolean
}

export interface ArraySchema extends Documented {
  readonly type: 'array'
  readonly items: Schema
  readonly uniqueItems?: true
}

export interface ObjectSchema extends Documented {
  readonly type: 'object'
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  /** Schema of members with names that users choose; true allows undocumented members. */
  readonly additionalProperties?: Schema | true
}

export type Schema = StringSchema | IntegerSchema | BooleanSchema | ArraySchema | ObjectSchema

export type Path = readonly string[]

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

const formats: Record<NonNullable<StringSchema['format']>, (value: string) => boolean> = {
  uuid: (value) => UUID.test(value),
  'date-time': (value) => UTC.test(value) && !Number.isNaN(Date.parse(value)),
  byte: (value) => Buffer.from(value, 'base64').toString('base64') === value,
  'uri-reference': (value) => URL.canParse(value, 'http://base.invalid/'),
}

function* breachesOfString(schema: StringSchema, value: string): Generator<string> {
  const { enum: values, minLength = 0, maxLength = Number.POSITIVE_INFINITY, format } = schema
  const { minBytes = 0, maxBytes = Number.POSITIVE_INFINITY } = schema
  const length = Array.from(value).length
  const size = Buffer.byteLength(value, 'base64')
  if (values && !values.includes(value)) yield `is not one of ${values.join(', ')}`
  if (length < minLength) yield `is shorter than ${minLength}`
  if (length > maxLength) yield `is longer than ${maxLength}`
  if (format && !formats[format](value)) yield `is no ${format}`
  if (size < minBytes) yield `decodes to less than ${minBytes}`
  if (size > maxBytes) yield `decodes to more than ${maxBytes}`
}

function* breachesOfInteger(schema: IntegerSchema, value: number): Generator<string> {
  const { minimum, maximum, exclusiveMinimum } = schema
  if (!Number.isInteger(value)) yield 'is no integer'
  if (minimum !== undefined && value < minimum) yield `is below ${minimum}`
  if (exclusiveMinimum !== undefined && value <= exclusiveMinimum) yield `is not above ${exclusiveMinimum}`
  if (maximum !== undefined && value > maximum) yield `is above ${maximum}`
}

function* breachesOfArray({ items, uniqueItems }: ArraySchema, value: readonly unknown[], at: Path): Generator<string> {
  if (uniqueItems && new Set(value.map((item) => JSON.stringify(item))).size < value.length)
    yield `${name(at)} repeats an item`
  for (const [index, item] of value.entries()) yield* breaches(items, item, [...at, String(index)])
}

function* breachesOfObject(
  schema: ObjectSchema,
  value: Readonly<Record<string, unknown>>,
  at: Path,
): Generator<string> {
  const { required = [], properties = {}, additionalProperties } = schema
  for (const member of required) if (!Object.hasOwn(value, member)) yield `${name([...at, member])} is missing`
  for (const [member, content] of Object.entries(value)) {
    const described = Object.hasOwn(properties, member) ? properties[member] : additionalProperties
    if (described === undefined) yield `${name([...at, member])} is described nowhere`
    else if (described !== true) yield* breaches(described, content, [...at, member])
  }
}

const name = (at: Path) => at.join('.') || 'the body'

/**
 * Violations of a schema in a value, one sentence each; empty for a valid value. Stricter than the published
 * schemas, which allow additional members, so that no undocumented member is sent.
 */
export function* breaches(schema: Schema, value: unknown, at: Path = []): Generator<string> {
  const said = function* (rules: Iterable<string>) {
    for (const rule of rules) yield `${name(at)} ${rule}`
  }
  if (value === null && schema.nullable) return
  if (schema.type === 'string' && typeof value === 'string') yield* said(breachesOfString(schema, value))
  else if (schema.type === 'integer' && typeof value === 'number') yield* said(breachesOfInteger(schema, value))
  else if (schema.type === 'array' && Array.isArray(value)) yield* breachesOfArray(schema, value, at)
  else if (schema.type === 'object' && isObject(value)) yield* breachesOfObject(schema, value, at)
  else if (schema.type !== 'boolean' || typeof value !== 'boolean') yield `${name(at)} is no ${schema.type}`
}

/** Schema that allows undocumented members, as the published ones do. */
export function opened(schema: Schema): Schema {
  if (schema.type === 'array') return { ...schema, items: opened(schema.items) }
  if (schema.type !== 'object') return schema
  const { properties = {}, additionalProperties = true } = schema
  const members = Object.entries(properties).map(([name, member]) => [name, opened(member)] as const)
  return {
    ...schema,
    properties: Object.fromEntries(members),
    additionalProperties: additionalProperties === true ? true : opened(additionalProperties),
  }
}
