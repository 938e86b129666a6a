import { hash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { Encrypter } from 'age-encryption'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { startTeam } from '../testing/team.ts'
import {
  CHUNK,
  dataDir,
  encrypted,
  folder,
  keys,
  makeKeys,
  placed,
  run,
  spawned,
  start,
  withConsole,
  withKms,
} from './testing/encrypted-files.ts'

let file: Uint8Array
let files: Record<string, Uint8Array>
const plain = randomBytes(2 * CHUNK + 100)

beforeAll(async () => {
  await withKms(makeKeys)
  file = await encrypted('thalassa', plain)
  files = { thalassa: file, exoscale: await encrypted('exoscale', plain) }
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe.each(['thalassa', 'exoscale'])('a key of %s', (cloud) => {
  test.each([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 70 * CHUNK + 3])('decrypts a file of %i bytes', async (size) => {
    const content = randomBytes(size)
    const place = placed(await encrypted(cloud, content))
    expect(await run(place, ['x.bin.age'])).toEqual({
      status: 0,
      output: `Decrypted and verified: ${join(place, 'x.bin')}\n`,
    })
    expect(Buffer.compare(readFileSync(join(place, 'x.bin')), content)).toBe(0)
    expect(statSync(join(place, 'x.bin')).mode & 0o777).toBe(0o600)
    expect(readdirSync(place)).toHaveLength(2)
  })
})

test('READ_ONLY refuses to decrypt', async () => {
  const place = placed(file)
  const { status, output } = await run(place, ['x.bin.age'], { READ_ONLY: 'true' })
  expect(status).not.toBe(0)
  expect(output).toBe('READ_ONLY is set. Set READ_ONLY=false for this command to decrypt.\n')
  expect(readdirSync(place)).toEqual(['x.bin.age'])
})

const flipped = (at: number) => {
  const copy = Uint8Array.from(file)
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
/** Another base64 letter, so that the text stays valid. */
const relettered = (at: number) => {
  const copy = Uint8Array.from(file)
  copy[at] = copy[at] === 0x41 ? 0x42 : 0x41
  return copy
}
const asText = (bytes: Uint8Array, lineEnd: string) =>
  Buffer.from(Buffer.from(bytes).toString('latin1').replaceAll('\n', lineEnd), 'latin1')
const payload = () => file.length - plain.length - 3 * 16

test.each([
  ['the content', () => flipped(payload() + 70_000), 3, 'altered at or after byte'],
  ['the salt', () => flipped(payload() - 1), 3, 'altered at or after byte'],
  ['the header’s MAC', () => relettered(payload() - 20), 3, 'its header was altered'],
  ['the version in the stanza', () => flipped(Buffer.from(file).indexOf('version=1') + 8), 3, 'its header was altered'],
  ['the key’s id', () => relettered(Buffer.from(file).indexOf('key=kms-') + 12), 1, 'is not there'],
  ['the wrapped key', () => relettered(Buffer.from(file).indexOf('version=1') + 60), 1, 'did not open the file’s key'],
  ['a cut at a chunk’s border', () => file.slice(0, payload() + 65_552), 3, 'is cut short: it ends at byte'],
  ['a cut inside a chunk', () => file.slice(0, payload() + 70_000), 3, 'is cut short at byte'],
  ['a cut in the header', () => file.slice(0, 60), 3, 'its header has no end'],
  ['a cut behind the header', () => file.slice(0, payload() - 5), 3, 'is cut short'],
  ['more at the end', () => Buffer.concat([file, Buffer.alloc(70_000)]), 3, 'altered at or after byte'],
  ['no age file', () => Buffer.from('hello'), 3, 'This is not an age file.'],
  ['an empty file', () => Buffer.alloc(0), 3, 'The file is empty.'],
  ['CRLF for each LF', () => asText(file, '\r\n'), 3, 'were converted to CRLF'],
  ['a UTF-8 mark in front', () => Buffer.concat([Buffer.from('\ufeff'), file]), 3, 'was saved as text'],
  ['UTF-16, as PowerShell redirects', () => Buffer.from(`\ufeff${asText(file, '\r\n')}`, 'utf16le'), 3, 'as text'],
  ['gzip around it', () => gzipSync(file), 3, 'This is not an age file.'],
])('%s: refused, and nothing is left behind', async (_what, make, status, words) => {
  const place = placed(make())
  const ended = await run(place, ['x.bin.age'])
  expect(ended.output).toContain(words)
  expect(ended.status).toBe(status)
  expect(readdirSync(place)).toEqual(['x.bin.age'])
})

test('a file for other recipients is reported with their types', async () => {
  const encrypter = new Encrypter()
  encrypter.setPassphrase('secret')
  encrypter.setScryptWorkFactor(2)
  const ended = await run(placed(await encrypter.encrypt('x')), ['x.bin.age'])
  expect(ended).toEqual({
    status: 3,
    output: 'This file was not encrypted with a key of a cloud. Its recipients: scrypt.\n',
  })
})

test('an existing file is overwritten only on request', async () => {
  const place = placed(file)
  writeFileSync(join(place, 'x.bin'), 'mine')
  const refused = await run(place, ['x.bin.age'])
  expect(refused.status).toBe(2)
  expect(refused.output).toContain('exists already')
  expect(readFileSync(join(place, 'x.bin'), 'utf8')).toBe('mine')
  expect((await run(place, ['x.bin.age', '--force'])).status).toBe(0)
  expect(Buffer.compare(readFileSync(join(place, 'x.bin')), plain)).toBe(0)
})

test('names are relative to the directory where npm was called, and -o sets the output', async () => {
  const place = placed(file, 'odd')
  expect((await spawned(place, ['odd'])).output).toContain('name the result with -o')
  expect((await spawned(place, ['odd', '-o', 'here'])).status).toBe(0)
  expect(existsSync(join(place, 'here'))).toBe(true)
})

test('a full disk is reported, and no file is left', async () => {
  const handle = await open(import.meta.filename)
  const prototype: FileHandle = Object.getPrototypeOf(handle)
  await handle.close()
  // Like the system: writes the part that fits, and refuses the rest.
  const full = Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  const write = vi
    .spyOn(prototype, 'write')
    .mockImplementationOnce(async (buffer) => ({ bytesWritten: 1000, buffer }))
    .mockRejectedValueOnce(full)
  const place = placed(file)
  const ended = await run(place, ['x.bin.age'])
  write.mockRestore()
  expect(ended).toEqual({ status: 2, output: `Can’t write ${join(place, 'x.bin')}: the disk is full.\n` })
  expect(readdirSync(place)).toEqual(['x.bin.age'])
})

/** Loaded before the program: an endlessly slow disk, so that the program is writing when it is stopped. */
const slowDisk = `
  import { open } from 'node:fs/promises'
  const handle = await open(process.execPath)
  Object.getPrototypeOf(handle).write = () => new Promise(() => setInterval(() => undefined, 1000))
  await handle.close()
`

test.each([
  ['SIGHUP', 129],
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('stopped by %s half-way, it leaves nothing behind', async (signal, status) => {
  const place = placed(file)
  const child = start(place, ['x.bin.age'], ['--import', `data:text/javascript,${encodeURIComponent(slowDisk)}`])
  const closed = once(child, 'exit')
  await vi.waitUntil(() => readdirSync(place).length === 2, { timeout: 120_000 })
  child.kill(signal)
  expect(await closed).toEqual([status, null])
  expect(readdirSync(place)).toEqual(['x.bin.age'])
})

test.each([
  [[], 'Usage: '],
  [['a.age', 'b.age'], 'Usage: '],
  [['--wrong'], 'Usage: '],
  [['missing.age'], 'it is not there'],
  [['.'], 'doesn’t end in .age'],
  [['x.bin.age', '-o', 'none/x'], 'it is not there'],
])('%j is a mistake of whoever calls', async (args, words) => {
  const ended = await run(placed(file), args)
  expect(ended.output).toContain(words)
  expect(ended.status).toBe(2)
})

test('a disabled key is reported with the provider’s message', async () => {
  const place = placed(file)
  const act = (deed: string) =>
    withKms((api) => api('POST', `/thalassa/v1/kms/nl-01/keys/${keys.thalassa?.id}/${deed}`))
  await act('disable')
  const ended = await run(place, ['x.bin.age'])
  await act('enable')
  expect(ended.status).toBe(1)
  expect(ended.output).toMatch(/did not open the file’s key \(\d+\)\. Thalassa Cloud says: .*disabled/i)
})

test('without credentials and a local KMS, none is created', async () => {
  const place = placed(file)
  const ended = await run(place, ['x.bin.age'], { KMS_DATA_DIR: join(place, 'none') })
  expect(ended.status).toBe(1)
  expect(ended.output).toContain('No credentials for it are set, and there is no local KMS in')
  expect(readdirSync(place)).toEqual(['x.bin.age'])
})

describe('through a running console', () => {
  /** No local KMS of its own, and no credentials. */
  const elsewhere = { KMS_DATA_DIR: join(folder, 'none') }
  const decryptWith = (address: string) => run(placed(file), ['x.bin.age', '--console', address], elsewhere)

  test('the console’s credentials are used', () =>
    withConsole(false, async (address) => {
      for (const cloud of ['thalassa', 'exoscale']) {
        const place = placed(files[cloud] ?? new Uint8Array())
        expect(await run(place, ['x.bin.age', '--console', `${address}/`], elsewhere)).toMatchObject({ status: 0 })
        expect(Buffer.compare(readFileSync(join(place, 'x.bin')), plain)).toBe(0)
      }
    }))

  test('that is read-only refuses', () =>
    withConsole(true, async (address) => {
      const ended = await decryptWith(address)
      expect(ended).toEqual({ status: 1, output: expect.stringMatching(/\(403\)\. The console says: .*read-only/i) })
    }))

  test('under a path, where a token is needed: CONSOLE_TOKEN is sent, and the path is kept', async () => {
    const token = 'the-token-of-a-program'
    const team = await startTeam({
      KMS_DATA_DIR: dataDir,
      PUBLIC_URL: 'http://localhost:9999/kms/',
      API_TOKENS: `backup:${hash('sha256', token)}`,
      ROLES: 'token:backup: user',
    })
    const decrypt = (CONSOLE_TOKEN: string) =>
      run(placed(file), ['x.bin.age', '--console', `${team.url}/kms/`], { ...elsewhere, CONSOLE_TOKEN })
    expect(await decrypt(token)).toMatchObject({ status: 0 })
    expect(await decrypt('another')).toEqual({ status: 1, output: expect.stringContaining('(401)') })
    await team.close()
  })

  test('that is not there, or no address, is told with the way out', async () => {
    expect(await decryptWith('http://127.0.0.1:1')).toEqual({
      status: 1,
      output:
        'No console answers at http://127.0.0.1:1. Start it, or leave out --console to use the credentials of this terminal.\n',
    })
    expect(await decryptWith('8300')).toMatchObject({
      status: 2,
      output: expect.stringContaining('--console takes an address'),
    })
  })

  test('that is not reached over TLS or on this machine is never asked', async () => {
    for (const address of ['http://192.0.2.1:8300', 'http://kms.example', 'http://127.0.0.1.example'])
      expect(await decryptWith(address)).toMatchObject({
        status: 2,
        output: expect.stringContaining('readable on the network'),
      })
    expect((await decryptWith('http://localhost:1')).output).toContain('No console answers at http://localhost:1.')
  })

  async function answering(answer: RequestListener): Promise<string> {
    const server = createServer(answer).listen(0, '127.0.0.1')
    onTestFinished(() => {
      server.closeAllConnections()
      server.close()
    })
    await once(server, 'listening')
    const address = server.address()
    return `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  }

  test('a redirect is not followed', async () => {
    const asked = vi.fn<RequestListener>((_, answer) => answer.end('{}'))
    const elsewhere = await answering(asked)
    const address = await answering((_, answer) => answer.writeHead(307, { location: elsewhere }).end())
    expect((await decryptWith(address)).output).toContain(`No console answers at ${address}.`)
    expect(asked).not.toHaveBeenCalled()
  })

  test.each<[string, RequestListener, string]>([
    ['a page', (_, answer) => answer.end('<html>sign in</html>'), 'sent an answer that is not a file key'],
    [
      'an endless answer',
      (_, answer) => {
        const chunk = Buffer.alloc(65_536, 0x20)
        const write = () => {
          while (answer.write(chunk));
        }
        answer.on('drain', write)
        write()
      },
      'sent an answer that is not a file key',
    ],
  ])('whose address answers %s is no console', async (_, answer, told) => {
    expect(await decryptWith(await answering(answer))).toMatchObject({
      status: 1,
      output: expect.stringContaining(told),
    })
  })
})

test('configuration errors are listed as at the start of the console', async () => {
  const ended = await run(placed(file), ['x.bin.age'], { THALASSA_API_TOKEN: 'tc_secret' })
  expect(ended.status).toBe(1)
  expect(ended.output).toContain('THALASSA_ORGANISATION_ID')
  expect(ended.output).not.toContain('tc_secret')
})
