import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import * as z from 'zod'
import { SeedFile } from './schema.ts'

const file = resolve(import.meta.dirname, '../../../docs/seed.schema.json')

test('docs/seed.schema.json is up to date; vitest --update rewrites it', async () => {
  const schema = z.toJSONSchema(SeedFile, { io: 'input', unrepresentable: 'any' })
  await expect(`${JSON.stringify({ title: 'Seed of the local KMS', ...schema }, null, 2)}\n`).toMatchFileSnapshot(file)
})
