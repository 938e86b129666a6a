import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { resolve } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { exit, folder, lastOfKms, type Program, printed, start, started, watched } from './testing/program.ts'

const project = resolve(import.meta.dirname, '..')

/** `npm run kms` in its own process group, as a terminal or a supervisor starts it. */
const startByNpm = (KMS_DATA_DIR: string): Program => {
  const { PATH, HOME } = process.env
  const program = watched(
    spawn('npm', ['run', 'kms', '--', '--port', '0'], {
      cwd: project,
      env: { PATH, HOME, KMS_DATA_DIR, npm_config_update_notifier: 'false' },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    }),
  )
  onTestFinished(() => {
    try {
      process.kill(-Number(program.child.pid), 'SIGKILL')
    } catch {
      // The whole group has ended.
    }
  })
  return program
}

const call = async (variables: Record<string, string | undefined>, method: string, body?: object) => {
  const answer = await fetch(`${variables.kms}/v1/kms/nl-01/keys`, {
    method,
    headers: {
      authorization: `Token ${variables.THALASSA_PERSONAL_ACCESS_TOKEN}`,
      'x-organisation-identity': variables.THALASSA_ORGANISATION_ID ?? '',
      'content-type': 'application/json',
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  return answer.text()
}

const isFree = async (url: string | undefined) => {
  const server = createServer().listen(Number(new URL(url ?? '').port), '127.0.0.1')
  await once(server, 'listening')
  server.close()
  return true
}

/** Sends a request with an endless body, which delays a clean stop. */
const holdOpen = async (url: string | undefined) => {
  const { port } = new URL(url ?? '')
  const socket = connect(Number(port), '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.on('error', () => undefined)
  socket.write('POST /oidc/token HTTP/1.1\r\nhost: 127.0.0.1\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n')
  // "100 Continue": the request has started.
  await once(socket, 'data')
}

test.each([
  ['SIGTERM', 'npm'],
  ['SIGINT', 'npm'],
  ['SIGKILL', 'npm'],
  ['SIGTERM', 'its group'],
  ['SIGINT', 'its group'],
  ['SIGHUP', 'its group'],
] as const)('%s to %s: the port is free, and the data is whole', async (signal, target) => {
  const dataDir = folder()
  const first = startByNpm(dataDir)
  const variables = await started(first, lastOfKms)
  expect(await call(variables, 'POST', { name: 'kept', keyType: 'aes256-gcm96' })).toContain('kept')
  const pid = Number(first.child.pid)
  process.kill(target === 'npm' ? pid : -pid, signal)
  await exit(first.child)
  expect(first.output.err).toMatch(/"msg":"(npm has ended|SIG\w+): stopping/)
  expect(await isFree(variables.kms)).toBe(true)

  const second = start(['kms', '--port', '0'], { KMS_DATA_DIR: dataDir })
  expect(await call(await started(second, lastOfKms), 'GET')).toContain('kept')
})

test('a second signal ends a stop that waits for requests', async () => {
  const program = start(['kms', '--port', '0'])
  const { kms } = await started(program, lastOfKms)
  await holdOpen(kms)
  program.child.kill('SIGTERM')
  await printed(program, 'err', /SIGTERM: stopping/)
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(143)
})

test('under npm a Ctrl+C that arrives twice counts once', async () => {
  const program = start(['kms', '--port', '0'], { npm_lifecycle_event: 'kms' })
  const { kms } = await started(program, lastOfKms)
  await holdOpen(kms)
  program.child.kill('SIGINT')
  program.child.kill('SIGTERM')
  expect(await exit(program.child)).toBe(0)
})

test('it ends cleanly when its output is closed', async () => {
  const program = start(['kms', '--port', '0'])
  await started(program, lastOfKms)
  program.child.stdout?.destroy()
  program.child.stderr?.destroy()
  program.child.kill('SIGHUP')
  expect(await exit(program.child)).toBe(0)
})
