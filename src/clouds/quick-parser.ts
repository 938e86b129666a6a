/** Parsers made once from a schema: many times faster than its own, and only for values that surely match. */
import * as z from 'zod/mini'

/** Result where only the schema can tell: whatever differs from it, and null at any depth. */
export const undecided: unique symbol = Symbol('undecided')

type QuickParser = (value: unknown) => unknown

const never: QuickParser = () => undecided

const number: QuickParser = (value) => (Number.isFinite(value) ? value : undecided)
const string: QuickParser = (value) => (typeof value === 'string' ? value : undecided)
const boolean: QuickParser = (value) => (typeof value === 'boolean' ? value : undecided)

const hasNoNull = (value: unknown): boolean =>
  typeof value === 'object' ? value !== null && Object.values(value).every(hasNoNull) : true

const unknown: QuickParser = (value) => (hasNoNull(value) ? value : undecided)

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function array(item: QuickParser): QuickParser {
  return (value) => {
    if (!Array.isArray(value)) return undecided
    const items = value.map(item)
    return items.includes(undecided) ? undecided : items
  }
}

function record(member: QuickParser): QuickParser {
  return (value) => {
    if (!isObject(value)) return undecided
    const result: Record<string, unknown> = {}
    for (const name of Object.keys(value)) {
      const parsed = name === '__proto__' ? undecided : member(value[name])
      if (parsed === undecided) return undecided
      result[name] = parsed
    }
    return result
  }
}

function object(shape: Readonly<Record<string, z.core.$ZodType>>): QuickParser {
  const members = Object.entries(shape).map(([name, schema]) =>
    schema instanceof z.ZodMiniOptional
      ? { name, optional: true, parse: parserOf(schema.def.innerType) }
      : { name, optional: false, parse: parserOf(schema) },
  )
  return (value) => {
    if (!isObject(value)) return undecided
    const result: Record<string, unknown> = {}
    for (const { name, optional, parse } of members) {
      const member = value[name]
      if (member === undefined && optional) continue
      const parsed = parse(member)
      if (parsed === undecided) return undecided
      result[name] = parsed
    }
    return result
  }
}

/** Whether the schema asks for nothing beyond its kind and these members: no checks, formats or coercion. */
const isPlain = (schema: z.core.$ZodType, ...members: readonly string[]) =>
  !schema._zod.def.checks?.length &&
  Object.keys(schema._zod.def).every((name) => name === 'type' || name === 'checks' || members.includes(name))

function parserOf(schema: z.core.$ZodType): QuickParser {
  if (schema instanceof z.ZodMiniObject && isPlain(schema, 'shape')) return object(schema.shape)
  if (schema instanceof z.ZodMiniArray && isPlain(schema, 'element')) return array(parserOf(schema.def.element))
  if (schema instanceof z.ZodMiniNullable && isPlain(schema, 'innerType')) return parserOf(schema.def.innerType)
  if (schema instanceof z.ZodMiniRecord && isPlain(schema, 'keyType', 'valueType'))
    return parserOf(schema.def.keyType) === string ? record(parserOf(schema.def.valueType)) : never
  if (!isPlain(schema)) return never
  if (schema instanceof z.ZodMiniString) return string
  if (schema instanceof z.ZodMiniNumber) return number
  if (schema instanceof z.ZodMiniBoolean) return boolean
  return schema instanceof z.ZodMiniUnknown ? unknown : never
}

const parsers = new WeakMap<z.ZodMiniType, QuickParser>()

/** What the schema would give for a value of JSON, or `undecided`. */
export function quickParse<Schema extends z.ZodMiniType>(
  schema: Schema,
  value: unknown,
): z.output<Schema> | typeof undecided {
  let parser = parsers.get(schema)
  if (!parser) {
    parser = parserOf(schema)
    parsers.set(schema, parser)
  }
  return parser(value) as z.output<Schema> | typeof undecided
}
