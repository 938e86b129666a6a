/** What a seed may say: the one description that reading, types and `docs/seed.schema.json` come from. */
import * as z from 'zod'
import { Exoscale } from '../exoscale/seed/schema.ts'
import { ruleError } from '../exoscale/validation.ts'
import { Thalassa } from '../thalassa/seed/schema.ts'
import { instant } from './fields.ts'

/** The time of everything that a seed gives no time: 2026-01-01T00:00:00Z. */
const DEFAULT_TIME = Date.UTC(2026, 0, 1)

export const SeedFile = z.strictObject(
  {
    /** For editors: where the JSON schema lies. */
    $schema: z.string(ruleError('must be a text')).optional(),
    /** The time of everything that is given none; 2026-01-01 when left out. */
    createdAt: instant.default(DEFAULT_TIME),
    thalassa: Thalassa.prefault({}),
    exoscale: Exoscale.prefault({}),
  },
  ruleError('must be an object with the members thalassa and exoscale'),
)

/** A seed as it is written, in a file or as an object. */
export type SeedInput = z.input<typeof SeedFile>
export type SeedContent = z.output<typeof SeedFile>
