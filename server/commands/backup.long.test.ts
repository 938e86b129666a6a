/** Backup and restore as commands, beside a server that keeps writing. */
import { spawn } from 'node:child_process'
import { copyFileSync, existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  callKeys,
  exit,
  folder,
  lastOfKms,
  main,
  type Printed,
  run,
  start,
  started,
  watched,
} from '../testing/program.ts'

const plaintext = Buffer.from('hello').toString('base64')

interface Sealed {
  readonly key: string
  readonly ciphertext: string
}

/** Creates keys one after the other until stopped; `made` contains the acknowledged ones. */
const writer = (kms: Printed, name: string, made: Sealed[]) => {
  let goes = true
  const work = async () => {
    for (let nth = 0; goes; nth += 1) {
      const { identity } = await callKeys(kms, 'POST', '', { name: `${name} ${nth}` })
      const { ciphertext } = await callKeys(kms, 'POST', `/${identity}/encrypt`, { plaintext })
      made.push({ key: identity, ciphertext })
    }
  }
  const done = work()
  return async () => {
    goes = false
    await done
  }
}

const until = async (condition: () => boolean) => {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve))
}

test('a backup of a running KMS contains all changes acknowledged before it', async () => {
  const dataDir = folder()
  const first = start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })
  const kms = await started(first, lastOfKms)
  const made: Sealed[] = []
  const stops = ['a', 'b', 'c'].map((name) => writer(kms, name, made))
  await until(() => made.length >= 30)
  const acknowledged = [...made]
  const file = join(folder(), 'kms backup.sqlite')
  const backup = await run(['kms', 'backup', file], { KMS_DATA_DIR: dataDir })
  expect(backup).toMatchObject({ code: 0, err: '' })
  expect(backup.out).toContain(`backup: ${file}\n`)
  expect(backup.out).toContain(`Keep in another place: ${join(dataDir, 'root.key')}\n`)
  await until(() => made.length > acknowledged.length)
  for (const stop of stops) await stop()
  first.child.kill('SIGKILL')
  await exit(first.child)
  expect(statSync(file).mode & 0o777).toBe(0o600)

  const elsewhere = folder()
  copyFileSync(join(dataDir, 'root.key'), join(elsewhere, 'root.key'))
  const restored = await run(['kms', 'restore', file], { KMS_DATA_DIR: elsewhere })
  expect(restored).toMatchObject({ code: 0, err: '' })
  expect(readdirSync(elsewhere).sort()).toEqual(['kms.sqlite', 'root.key'])
  const second = await started(start(['kms', '--port', '0'], { KMS_DATA_DIR: elsewhere }), lastOfKms)
  expect(second.THALASSA_PERSONAL_ACCESS_TOKEN).toBe(kms.THALASSA_PERSONAL_ACCESS_TOKEN)
  for (const { key, ciphertext } of acknowledged)
    expect((await callKeys(second, 'POST', `/${key}/decrypt`, { ciphertext })).plaintext).toBe(plaintext)
})

test('a backup with the root key needs no other file; the database of a running server is not overwritten', async () => {
  const first = start(['kms', '--port', '0'], { KMS_DATA_DIR: folder(), KMS_ROOT_KEY: `${'A'.repeat(42)}E=` })
  const dataDir = folder()
  const second = start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })
  const kms = await started(second, lastOfKms)
  await started(first, lastOfKms)
  const { identity } = await callKeys(kms, 'POST', '', { name: 'kept' })
  const file = join(folder(), 'all.sqlite')
  const backup = await run(['kms', 'backup', file, '--with-root-key'], { KMS_DATA_DIR: dataDir })
  expect(backup).toMatchObject({ code: 0, err: '' })
  expect(backup.out).toContain('anyone with this file has every key')

  const refused = await run(['kms', 'restore', file, '--force'], { KMS_DATA_DIR: dataDir })
  expect(refused).toMatchObject({ code: 1, out: '' })
  expect(refused.err).toMatch(
    /^A server has \S+kms\.sqlite open\. Stop it, and restore again\. Nothing was changed\.\n$/,
  )
  await callKeys(kms, 'POST', `/${identity}/encrypt`, { plaintext })

  second.child.kill('SIGTERM')
  await exit(second.child)
  const elsewhere = join(folder(), 'new')
  expect(await run(['kms', 'restore', file], { KMS_DATA_DIR: elsewhere })).toMatchObject({ code: 0, err: '' })
  const third = await started(start(['kms', '--port', '0'], { KMS_DATA_DIR: elsewhere }), lastOfKms)
  await callKeys(third, 'GET', `/${identity}`)
})

test('a full disk leaves no file behind', async () => {
  const dataDir = folder()
  const kms = start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })
  await started(kms, lastOfKms)
  const target = folder()
  // A file size limit simulates the full disk; its unit is 512 or 1024 bytes, depending on the shell.
  const script = 'ulimit -f 64; exec "$0" "$@"'
  const args = ['-c', script, process.execPath, main, 'kms', 'backup', join(target, 'x.sqlite')]
  const backup = watched(spawn('sh', args, { cwd: target, env: { KMS_DATA_DIR: dataDir } }))
  expect(await exit(backup.child)).toBe(1)
  expect(backup.output.err).toMatch(/^Can't write \S+x\.sqlite: .*\. Nothing was changed\.\n$/)
  expect(readdirSync(target)).toEqual([])
})

test('a missing file is reported in one line, without a stack', async () => {
  const dataDir = join(folder(), 'none')
  const backup = await run(['kms', 'backup', join(folder(), 'x.sqlite')], { KMS_DATA_DIR: dataDir })
  expect(backup).toMatchObject({ code: 1, out: '' })
  expect(backup.err).toMatch(/^There is no \S+kms\.sqlite\. Set KMS_DATA_DIR to the data folder of a local KMS\.\n$/)
  expect(existsSync(dataDir)).toBe(false)
  expect((await run(['kms', 'backup'], {})).err).toMatch(/^kms backup needs a file\nUsage: /)
})
