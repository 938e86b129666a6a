/** What a seed may say: the one description that reading, types and `docs/seed.schema.json` come from. */
import * as z from 'zod'
import { said } from '../exoscale/validation.ts'
import { instant } from './fields.ts'
import { Exoscale } from './schema-exoscale.ts'
import { Thalassa } from './schema-thalassa.ts'

/** The time of everything that a seed gives no time: 2026-01-01T00:00:00Z. */
const DEFAULT_TIME = Date.UTC(2026, 0, 1)

export const SeedFile = z.strictObject(
  {
    /** For editors: where the JSON schema lies. */
    $schema: z.string(said('must be a text')).optional(),
    /** The time of everything that is given none; 2026-01-01 when left out. */
    createdAt: instant.default(DEFAULT_TIME),
    thalassa: Thalassa.prefault({}),
    exoscale: Exoscale.prefault({}),
  },
  said('must be an object with the members thalassa and exoscale'),
)

/** A seed as it is written, in a file or as an object. */
export type SeedInput = z.input<typeof SeedFile>
export type SeedContent = z.output<typeof SeedFile>
