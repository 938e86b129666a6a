/** The program on a disk that is full. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { exit, lastOfKms, type Printed, requestKeys, started } from '../testing/program.ts'
import { type SmallDisk, smallDisk } from '../testing/small-disk.ts'

/** Also the message where the test can only limit the size of files. */
const FULL = /The disk of \S+ (?:is full|can't be written)\./

const PLENTY = 6 * 1_048_576

async function open(disk: SmallDisk) {
  const program = disk.start(['kms', '--port', '0'])
  return { program, kms: await started(program, lastOfKms) }
}

async function call(kms: Printed, method: string, path: string, body?: object) {
  const answer = await requestKeys(kms, method, path, body)
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

test('a full disk refuses changes by its name, and keys are read and used; with space everything goes on', async () => {
  const disk = smallDisk()
  const first = await open(disk)
  const { body: key } = await call(first.kms, 'POST', '', { name: 'used' })
  const { body: doomed } = await call(first.kms, 'POST', '', { name: 'doomed' })
  const text = Buffer.from('text').toString('base64')
  const { body: before } = await call(first.kms, 'POST', `/${key.identity}/encrypt`, { plaintext: text })
  first.program.child.kill('SIGTERM')
  expect(await exit(first.program.child)).toBe(0)

  disk.leave(150_000)
  const { program, kms } = await open(disk)
  const refused = async () => {
    for (let nth = 0; nth < 1000; nth += 1) {
      const made = await create(kms, `key ${nth}`)
      if (made.status !== 201) return { made, nth }
    }
    return undefined
  }
  const { made, nth } = (await refused()) ?? {}
  expect(made).toMatchObject({ status: 503, body: { message: expect.stringMatching(FULL) } })
  expect(program.output.err).toMatch(FULL)
  expect(program.output.err).not.toContain('rollback')
  for (let again = 0; again < 20; again += 1) {
    expect((await create(kms, `more ${again}`)).status).toBe(503)
    expect((await call(kms, 'DELETE', `/${doomed.identity}`)).status).toBe(503)
    expect((await call(kms, 'GET', `/${doomed.identity}`)).body.status).toBe('active')
    const sealed = await call(kms, 'POST', `/${key.identity}/encrypt`, { plaintext: text })
    expect(sealed.status).toBe(200)
    for (const one of [before, sealed.body])
      expect((await call(kms, 'POST', `/${key.identity}/decrypt`, { ciphertext: one.ciphertext })).body).toMatchObject({
        plaintext: text,
      })
  }
  const ready = (await (await fetch(`${kms.kms}/readyz`)).json()) as { status: string; warnings: string[] }
  expect(ready).toMatchObject({
    status: 'ok',
    warnings: [expect.stringMatching(/entries of the audit log wait in memory/)],
  })
  expect(JSON.stringify(ready)).not.toContain(disk.folder)
  program.child.kill('SIGTERM')
  await exit(program.child)

  disk.leave(PLENTY)
  const { kms: freed } = await open(disk)
  expect((await call(freed, 'GET', '')).body).toHaveLength((nth ?? 0) + 2)
  expect((await call(freed, 'DELETE', `/${doomed.identity}`)).status).toBe(200)
  expect((await call(freed, 'POST', `/${key.identity}/decrypt`, { ciphertext: before.ciphertext })).status).toBe(200)
})
