/** Reads a seed: from a text, a file or an object to rows. */
import { closeSync, openSync, readSync } from 'node:fs'
import { iamRows } from '../exoscale/seed/iam-rows.ts'
import { exoscaleRows } from '../exoscale/seed/rows.ts'
import { KmsStartError } from '../root-key.ts'
import { thalassaRows } from '../thalassa/seed/rows.ts'
import type { SeedInput } from './schema.ts'
import type { Seed } from './seed.ts'
import { createSeedErrors, type Path, type SeedErrors, type Source } from './seed-errors.ts'
import { readSource, sourceOf } from './source.ts'
import { validate } from './validate.ts'

/** Bytes. */
const MOST_BYTES = 10 * 1_048_576

interface Named {
  readonly at: Path
  readonly name: string
}

/** @param what is alike, such as `id` */
function refuseTwice(what: string, entries: readonly Named[], errors: SeedErrors): void {
  const seen = new Set<string>()
  for (const { at, name } of entries) {
    if (seen.has(name)) errors.add(at, `has the same ${what} as another one`)
    seen.add(name)
  }
}

function checkUnique({ keys, credentials, resources, projects }: Seed, errors: SeedErrors): void {
  const places = keys.flatMap((one) => [one.key.location, ...one.copies].map((location) => ({ ...one, location })))
  const named = (make: (one: (typeof places)[number]) => string) =>
    places.map((one) => ({ at: one.at, name: make(one) }))
  refuseTwice(
    'id',
    named(({ key, location }) => `${key.cloud} ${location} ${key.id}`),
    errors,
  )
  refuseTwice(
    'name',
    named(({ key, location, project }) => `${key.cloud} ${location} ${project} ${key.uniqueName}`),
    errors,
  )
  refuseTwice(
    'id',
    credentials.map(({ at, cloud, id }) => ({ at, name: `${cloud} ${id}` })),
    errors,
  )
  refuseTwice(
    'secret',
    credentials.map(({ at, cloud, secret }) => ({ at, name: `${cloud} ${secret}` })),
    errors,
  )
  refuseTwice(
    'id',
    resources.map(({ at, resource: { kind, id } }) => ({ at, name: `${kind} ${id}` })),
    errors,
  )
  const listed = projects.list.map((project, index) => ({ at: ['thalassa', 'projects', index], ...project }))
  refuseTwice(
    'identity',
    listed.map(({ at, identity }) => ({ at, name: identity })),
    errors,
  )
  refuseTwice(
    'slug',
    listed.map(({ at, slug }) => ({ at, name: slug })),
    errors,
  )
}

function read(source: Source): Seed {
  const errors = () => createSeedErrors(source)
  const found = errors()
  const { createdAt: time, thalassa, exoscale } = validate(source, found)
  const context = { time, errors: found }
  const [first, second, iam] = [
    thalassaRows(thalassa, context),
    exoscaleRows(exoscale, context),
    iamRows(exoscale, context),
  ]
  const seed: Seed = {
    ...first,
    ...second,
    ...iam,
    createErrors: errors,
    keys: [...first.keys, ...second.keys],
    credentials: [...first.credentials, ...iam.credentials],
  }
  checkUnique(seed, found)
  found.check()
  return seed
}

/**
 * @param text YAML or JSON; an empty one is an empty seed
 * @param fileName for messages
 * @throws KmsStartError that names line, column and field of every fault
 */
export const readSeed = (text: string, fileName: string): Seed => {
  const source = readSource(text, fileName)
  return read(source.value === null || source.value === undefined ? { ...source, value: {} } : source)
}

/** The same for an object. @throws KmsStartError that names the field of every fault */
export const seedOf = (input: SeedInput): Seed => read(sourceOf(input, 'object'))

/** The same for a file of at most 10 MiB of UTF-8. @throws KmsStartError */
export function readSeedFile(file: string): Seed {
  return readSeed(textOf(file), file)
}

/** A pipe doesn't tell how much will come, so no more is read than may come. */
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
