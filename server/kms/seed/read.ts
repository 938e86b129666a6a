/** Reads a seed from a text, a file or an object. */
import { closeSync, openSync, readSync } from 'node:fs'
import { KmsStartError } from '../root-key.ts'
import { partsOf } from './registry.ts'
import type { SeedInput } from './schema.ts'
import type { Seed, SeedPart, UniqueName } from './seed.ts'
import { createSeedErrors, type Path, type SeedErrors, type Source } from './seed-errors.ts'
import { readSource, sourceOf } from './source.ts'
import { validate } from './validate.ts'

/** Bytes. */
const MOST_BYTES = 10 * 1_048_576

/** @param field that must be unique, such as `id` */
function refuseTwice(field: string, entries: readonly UniqueName[], errors: SeedErrors): void {
  const seen = new Set<string>()
  for (const { at, name } of entries) {
    if (seen.has(name)) errors.add(at, `has the same ${field} as another one`)
    seen.add(name)
  }
}

function checkUnique(parts: readonly SeedPart[], errors: SeedErrors): void {
  const places = parts
    .flatMap(({ keys }) => keys)
    .flatMap((one) => [one.key.location, ...one.copies].map((location) => ({ ...one, location })))
  const credentials = parts.flatMap((part) => part.credentials)
  const resources = parts.flatMap((part) => part.resources)
  const check = <T extends { readonly at: Path }>(field: string, entries: readonly T[], nameOf: (entry: T) => string) =>
    refuseTwice(
      field,
      entries.map((entry) => ({ at: entry.at, name: nameOf(entry) })),
      errors,
    )
  check('id', places, ({ key, location }) => `${key.cloud} ${location} ${key.id}`)
  check('name', places, ({ key, location, project }) => `${key.cloud} ${location} ${project} ${key.uniqueName}`)
  check('id', credentials, ({ cloud, id }) => `${cloud} ${id}`)
  check('secret', credentials, ({ cloud, secret }) => `${cloud} ${secret}`)
  check('id', resources, ({ resource: { cloud, kind, id } }) => `${cloud} ${kind} ${id}`)
  for (const { uniqueNames } of parts) for (const { field, entries } of uniqueNames) refuseTwice(field, entries, errors)
}

function read(source: Source): Seed {
  const createErrors = () => createSeedErrors(source)
  const errors = createErrors()
  const { createdAt: time, ...content } = validate(source, errors)
  const parts = partsOf(content, { time, errors })
  checkUnique(parts, errors)
  errors.check()
  return { createErrors, parts }
}

/**
 * @param text YAML or JSON; an empty one is an empty seed
 * @param fileName for messages
 * @throws KmsStartError that names line, column and field of every error
 */
export const readSeed = (text: string, fileName: string): Seed => {
  const source = readSource(text, fileName)
  return read(source.value === null || source.value === undefined ? { ...source, value: {} } : source)
}

/** Seed from an object. @throws KmsStartError that names the field of every error */
export const seedOf = (input: SeedInput): Seed => read(sourceOf(input, 'object'))

/** Seed from a file of at most 10 MiB of UTF-8. @throws KmsStartError */
export function readSeedFile(file: string): Seed {
  return readSeed(textOf(file), file)
}

/** Reads up to the limit, because the length of a pipe is unknown. */
function bytesOf(file: string): Buffer {
  const descriptor = openSync(file, 'r')
  const bytes = Buffer.alloc(MOST_BYTES + 1)
  try {
    let length = 0
    for (let read = -1; read !== 0 && length < bytes.length; length += read)
      read = readSync(descriptor, bytes, length, bytes.length - length, null)
    if (length > MOST_BYTES) throw new KmsStartError(`The seed ${file} must be at most ${MOST_BYTES} bytes.`)
    return bytes.subarray(0, length)
  } finally {
    closeSync(descriptor)
  }
}

function textOf(file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytesOf(file))
  } catch (error) {
    if (error instanceof KmsStartError) throw error
    const message = error instanceof Error ? error.message : String(error)
    throw new KmsStartError(`Can't read the seed ${file}: ${error instanceof TypeError ? 'save it as UTF-8' : message}`)
  }
}
