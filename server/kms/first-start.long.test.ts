/** First start on a new data folder: killed midway, and several concurrently, each in its own process. */
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, watch } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import pino from 'pino'
import { expect, test } from 'vitest'
import { exit, folder, lastOfKms, type Program, start, started } from '../testing/program.ts'
import { openKms } from './kms.ts'

const startOn = (dataDir: string): Program => start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })

/** Kills the program at the nth change in the folder, or once it is up. */
async function killAt(nth: number, dataDir: string): Promise<void> {
  const watcher = watch(dataDir)
  const program = startOn(dataDir)
  let seen = 0
  watcher.on('change', () => {
    seen += 1
    if (seen === nth) program.child.kill('SIGKILL')
  })
  const up = started(program, lastOfKms).catch(() => undefined)
  await Promise.race([up, once(program.child, 'exit')])
  watcher.close()
  program.child.kill('SIGKILL')
  await exit(program.child)
}

const log = pino({ level: 'silent' })

test('a kill at any time leaves a usable data folder', async () => {
  const early = Array.from({ length: 4 }, (_, index) => index + 1)
  const later = fc.sample(fc.integer({ min: 5, max: 60 }), { seed: 20261129, numRuns: 4 })
  let halves = 0
  for (const nth of [...early, ...later]) {
    const dataDir = folder()
    await killAt(nth, dataDir)
    const left = readdirSync(dataDir)
    if (!left.includes('kms.sqlite')) halves += 1
    if (left.includes('root.key')) {
      const bytes = Buffer.from(readFileSync(join(dataDir, 'root.key'), 'utf8'), 'base64')
      expect(bytes).toHaveLength(32)
    }
    const kms = await openKms({ dataDir, exoscaleApi: 'reference', log, address: () => undefined })
    await kms.close()
  }
  expect(halves).toBeGreaterThan(0)
})

test('concurrent first starts on one folder share one root key and one set of credentials', async () => {
  const dataDir = join(folder(), 'data')
  const programs = Array.from({ length: 4 }, () => startOn(dataDir))
  const printed = await Promise.all(programs.map((program) => started(program, lastOfKms)))
  const credentials = printed.map(({ kms, THALASSA_API_ENDPOINT, EXOSCALE_API_ENDPOINT, ...kept }) => kept)
  expect(credentials).toEqual(credentials.map(() => credentials[0]))
  for (const { child } of programs) child.kill('SIGKILL')
  for (const { child } of programs) await exit(child)
  const left = readdirSync(dataDir).filter((name) => existsSync(join(dataDir, name)))
  expect(left.filter((name) => !/^kms\.sqlite(-wal|-shm)?$/.test(name))).toEqual(['root.key'])
})
