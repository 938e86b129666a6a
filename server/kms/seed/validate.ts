/** Validates a seed against its schema, with errors in the terms of the file. */
import * as z from 'zod'
import { nearest } from '../../nearest.ts'
import { type SeedContent, SeedFile } from './schema.ts'
import type { Path, SeedErrors, Source } from './seed-errors.ts'

/** Inner schema of one with a default, an optional or a transformed one. */
function bare(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return bare(schema.unwrap())
  return schema instanceof z.ZodPipe ? bare(schema.out) : schema
}

function step(schema: unknown, member: string | number): unknown {
  const inner = bare(schema)
  if (inner instanceof z.ZodArray) return inner.element
  if (inner instanceof z.ZodRecord) return inner.valueType
  return inner instanceof z.ZodObject && Object.hasOwn(inner.shape, member) ? inner.shape[member] : undefined
}

/** Allowed member names of an object at `path`. */
function membersAt(path: Path): readonly string[] {
  const schema = bare(path.reduce<unknown>(step, SeedFile))
  return schema instanceof z.ZodObject ? Object.keys(schema.shape) : []
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, member) => {
    if (typeof at !== 'object' || at === null) return undefined
    return Object.entries(at).find(([name]) => name === String(member))?.[1]
  }, value)
}

const isPath = (path: readonly PropertyKey[]): path is (string | number)[] =>
  path.every((member) => typeof member !== 'symbol')

/** Whether YAML read an unquoted text such as `0012` or `true` as a number or boolean. */
const isUnquoted = (value: unknown) => typeof value === 'number' || typeof value === 'boolean'

const fallback: z.core.$ZodErrorMap = (issue) => {
  if (issue.input === undefined) return 'is required'
  return issue.code === 'invalid_type' && issue.expected === 'object' ? 'must be an object' : undefined
}

/** @throws KmsStartError with every error */
export function validate({ value }: Source, errors: SeedErrors): SeedContent {
  const { success, data, error } = SeedFile.safeParse(value, { error: fallback })
  for (const issue of error?.issues ?? []) {
    const path = isPath(issue.path) ? issue.path : []
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) {
        const members = membersAt(path)
        const known = nearest(key, members)
        if (known !== undefined) errors.add([...path, key], `is not known; did you mean ${known}?`)
        // The name is not shown: with a misplaced colon it may be a secret.
        else errors.add(path, `has a member that is not known; known are ${members.join(', ')}`, [...path, key])
      }
      continue
    }
    const expectsText = issue.code === 'invalid_type' && issue.expected === 'string'
    const hint = expectsText && isUnquoted(valueAt(value, path)) ? '; put it in quotes' : ''
    errors.add(path, `${issue.message}${hint}`)
  }
  errors.check()
  if (!success) throw new Error('a seed was refused without a fault')
  return data
}
