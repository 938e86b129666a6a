import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as z from 'zod'

const file = resolve(import.meta.dirname, '../package.json')

export const version = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8'))).version
