/** The change of the root key as a command that is killed, beside a server and alone. */
import { once } from 'node:events'
import { existsSync, readdirSync, watch } from 'node:fs'
import { join } from 'node:path'
import pino from 'pino'
import { expect, test } from 'vitest'
import { openKms } from '../kms/kms.ts'
import { callKeys, exit, folder, lastOfKms, type Printed, run, start, started } from '../testing/program.ts'

const plaintext = Buffer.from('hello').toString('base64')

async function serve<T>(dataDir: string, use: (kms: Printed) => Promise<T>): Promise<T> {
  const program = start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })
  const result = await use(await started(program, lastOfKms))
  program.child.kill('SIGKILL')
  await exit(program.child)
  return result
}

/** Text that a start on the folder opens. */
async function decrypted(dataDir: string, { identity, ciphertext }: { identity: string; ciphertext: string }) {
  const kms = await openKms({ dataDir, log: pino({ level: 'silent' }), address: () => undefined })
  const { token, organisation } = kms.credentials.thalassa
  const headers = { authorization: `Token ${token}`, 'x-organisation-identity': organisation }
  const target = `http://kms.test/v1/kms/nl-01/keys/${identity}/decrypt`
  const reply = await kms.fetch(new Request(target, { method: 'POST', headers, body: JSON.stringify({ ciphertext }) }))
  const { plaintext: text } = (await reply.json()) as { plaintext: string }
  await kms.close()
  return text
}

/** Kills a change of the root key at the nth change in the folder. False if it ended first. */
async function killAt(nth: number, dataDir: string): Promise<boolean> {
  const watcher = watch(dataDir)
  const program = start(['kms', 'rewrap'], { KMS_DATA_DIR: dataDir })
  let seen = 0
  watcher.on('change', () => {
    seen += 1
    if (seen === nth) program.child.kill('SIGKILL')
  })
  if (program.child.exitCode === null && program.child.signalCode === null) await once(program.child, 'exit')
  watcher.close()
  await exit(program.child)
  return program.child.signalCode === 'SIGKILL'
}

test('a change of the root key that is killed at any time leaves a usable folder, and another run ends it', async () => {
  const dataDir = folder()
  const made = await serve(dataDir, async (kms) => {
    const { identity } = await callKeys(kms, 'POST', '', { name: 'orders' })
    const { ciphertext } = await callKeys(kms, 'POST', `/${identity}/encrypt`, { plaintext })
    return { identity, ciphertext }
  })
  let killed = 0
  for (const nth of [1, 3, 6, 9, 12, 16, 21]) {
    if (await killAt(nth, dataDir)) killed += 1
    expect(await decrypted(dataDir, made)).toBe(plaintext)
  }
  expect(killed).toBeGreaterThan(2)
  const ended = await run(['kms', 'rewrap'], { KMS_DATA_DIR: dataDir })
  expect(ended).toMatchObject({ code: 0, err: '' })
  expect(ended.out).toMatch(
    /^root key: [0-9a-f]{16}\. It is in \S+root\.key\.\n.* all wrapped under it and verified\.\n/,
  )
  expect(readdirSync(dataDir).sort()).toEqual(['kms.sqlite', 'root.key'])
})

test('a running server keeps its root key', async () => {
  const dataDir = folder()
  await serve(dataDir, async () => {
    const refused = await run(['kms', 'rewrap'], { KMS_DATA_DIR: dataDir })
    expect(refused.code).toBe(1)
    expect(refused.err).toMatch(/^A server has \S+ open\. Stop it, and run this again\.\n$/)
  })
  expect(existsSync(join(dataDir, 'kms.sqlite.new'))).toBe(false)
})
