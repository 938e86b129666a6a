/** Schema of a seed, from which reading, types and `docs/seed.schema.json` derive. */
import * as z from 'zod'
import { ruleError } from '../field-rules.ts'
import { instant } from './fields.ts'
import { partSchemas } from './registry.ts'

/** Default time of objects in a seed: 2026-01-01T00:00:00Z. */
const DEFAULT_TIME = Date.UTC(2026, 0, 1)

export const SeedFile = z.strictObject(
  {
    /** For editors: where the JSON schema lies. */
    $schema: z.string(ruleError('must be a text')).optional(),
    /** The time of everything that is given none; 2026-01-01 when left out. */
    createdAt: instant.default(DEFAULT_TIME),
    ...partSchemas,
  },
  ruleError(`must be an object with the members ${Object.keys(partSchemas).join(' and ')}`),
)

/** Seed as written in a file or an object. */
export type SeedInput = z.input<typeof SeedFile>
export type SeedContent = z.output<typeof SeedFile>
