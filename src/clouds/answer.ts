/** Validation of answers. Encoders write what is not there in two ways: they leave the member out, or write null. */
import * as z from 'zod/mini'
import { quickParse, undecided } from './quick-parser.ts'

function isNullable(schema: z.ZodMiniType | undefined, name: string): boolean {
  const member = schema instanceof z.ZodMiniObject ? schema.shape[name] : undefined
  return member !== undefined && z.safeParse(member, null).success
}

const hasNullMember = (value: unknown): boolean =>
  Array.isArray(value)
    ? value.some(hasNullMember)
    : typeof value === 'object' &&
      value !== null &&
      Object.values(value).some((member) => member === null || hasNullMember(member))

function withoutNullMembers(value: unknown, schema?: z.ZodMiniType): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => withoutNullMembers(item))
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name, member]) => member !== null || isNullable(schema, name))
      .map(([name, member]) => [name, withoutNullMembers(member)]),
  )
}

/** Data, or the first thing that differs from the schema, such as `versions.0.createdAt`. */
export type Parsed<Data> = { readonly data: Data } | { readonly problem: string }

function parse<Schema extends z.ZodMiniType>(schema: Schema, value: unknown, whole: string): Parsed<z.output<Schema>> {
  const answer = z.safeParse(schema, value)
  if (answer.success) return { data: answer.data }
  const path = answer.error.issues[0]?.path ?? []
  return { problem: path.length > 0 ? path.join('.') : whole }
}

/** Null is the same as absent at any depth, but for what the schema lets be null in the answer itself: lists. */
export const parseAnswer = <Schema extends z.ZodMiniType>(schema: Schema, body: unknown): Parsed<z.output<Schema>> =>
  parse(schema, hasNullMember(body) ? withoutNullMembers(body, schema) : body, 'the whole answer')

export const formatProblem = (problem: string): string => `${problem} is missing or of another type.`

/** Item of a list that can't be read: it is named, and the others are shown. */
export interface Unreadable {
  /** Id and name, where these can be read. */
  readonly id?: string
  readonly name?: string
  /** As one sentence. */
  readonly reason: string
}

export interface Listed<Item> {
  readonly items: readonly Item[]
  readonly unreadable: readonly Unreadable[]
}

export const emptyList: Listed<never> = { items: [], unreadable: [] }

/** List in an answer; `readItems` validates its items one by one. Go programs write null for an empty one. */
export const List = z.nullable(z.array(z.unknown()))

interface ItemReader<Schema extends z.ZodMiniType, Item> {
  readonly schema: Schema
  /** Members that name an item. */
  readonly id: string
  readonly name: string
  readonly read: (item: z.output<Schema>) => Item
}

const textOf = (item: unknown, member: string): string | undefined => {
  const text: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, member) : undefined
  return (typeof text === 'string' && text !== '') || typeof text === 'number' ? String(text) : undefined
}

/** Null is the same as absent in every item. */
export function readItems<Schema extends z.ZodMiniType, Item>(
  items: readonly unknown[] | null | undefined,
  { schema, id, name, read }: ItemReader<Schema, Item>,
): Listed<Item> {
  const readable: Item[] = []
  const unreadable: Unreadable[] = []
  for (const item of items ?? []) {
    const quick = quickParse(schema, item)
    if (quick !== undecided) {
      readable.push(read(quick))
      continue
    }
    const answer = parse(schema, hasNullMember(item) ? withoutNullMembers(item) : item, 'All of it')
    if ('data' in answer) readable.push(read(answer.data))
    else {
      const [itemId, itemName] = [textOf(item, id), textOf(item, name)]
      unreadable.push({
        ...(itemId === undefined ? {} : { id: itemId }),
        ...(itemName === undefined ? {} : { name: itemName }),
        reason: formatProblem(answer.problem),
      })
    }
  }
  return { items: readable, unreadable }
}
