/** The program on a disk that is full. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exit, lastOfKms, type Printed, started } from '../testing/program.ts'
import { type SmallDisk, smallDisk } from '../testing/small-disk.ts'

/** Also the message where the test can only limit the size of files. */
const FULL = /The disk of \S+ (?:is full|can't be written)\./

const PLENTY = 6 * 1_048_576

async function open(disk: SmallDisk) {
  const program = disk.start(['kms', '--port', '0'])
  return { program, kms: await started(program, lastOfKms) }
}

async function call(kms: Printed, method: string, path: string, body?: object) {
  const answer = await fetch(`${kms.kms}/v1/kms/nl-01/keys${path}`, {
    method,
    headers: {
      authorization: `Token ${kms.THALASSA_PERSONAL_ACCESS_TOKEN}`,
      'x-organisation-identity': kms.THALASSA_ORGANISATION_ID ?? '',
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, string> }
}

const create = (kms: Printed, name: string) =>
  call(kms, 'POST', '', { name, description: 'd'.repeat(255), labels: { text: 'x'.repeat(60) } })

test.each([0, 20_000, 100_000])('a first start with %i bytes left says so and leaves nothing', async (bytes) => {
  const disk = smallDisk()
  const dataDir = join(disk.folder, 'deep', 'data')
  disk.leave(bytes)
  const program = disk.start(['kms', '--port', '0'], dataDir)
  expect(await exit(program.child)).toBe(1)
  expect(program.output.err).toMatch(FULL)
  expect(program.output.err).not.toContain('    at ')
  expect(readdirSync(disk.folder).filter((name) => name !== 'ballast')).toEqual([])
  disk.leave(PLENTY)
  const again = disk.start(['kms', '--port', '0'], dataDir)
  await started(again, lastOfKms)
  expect(existsSync(join(dataDir, 'root.key'))).toBe(true)
})
