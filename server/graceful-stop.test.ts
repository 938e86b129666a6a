import { expect, test } from 'vitest'
import { json, type Responder, startUpstream } from './gateway/testing/servers.ts'
import { exit, type Program, printed, start } from './testing/program.ts'

const addressOf = (program: Program, name: string) =>
  new RegExp(`^${name}: (.*)$`, 'm').exec(program.output.out)?.[1] ?? ''

/** A console whose cloud answers when it is told to. */
async function startConsole(STOP_SECONDS: string) {
  const answers: (() => void)[] = []
  const asked = Promise.withResolvers<void>()
  const waiting: Responder = (seen, response) => {
    answers.push(() => json([])(seen, response))
    asked.resolve()
  }
  const upstream = await startUpstream(waiting)
  const program = start(['console', '--port', '0'], {
    STOP_SECONDS,
    OPS_PORT: '0',
    KMS_DATA_DIR: ':memory:',
    THALASSA_API_ENDPOINT: upstream.url,
    THALASSA_ORGANISATION_ID: 'acme',
    THALASSA_ACCESS_TOKEN: 'token',
  })
  await printed(program, 'out', /^ops: .*\n/m)
  const running = fetch(`${addressOf(program, 'console')}/api/thalassa/v1/kms/nl-01/keys`)
  await asked.promise
  return { program, running, answer: () => answers.at(0)?.() }
}

test('a signal turns /readyz to 503 first, and running requests end', async () => {
  const { program, running, answer } = await startConsole('60')
  const ops = addressOf(program, 'ops')
  expect((await fetch(`${ops}/readyz`)).status).toBe(200)
  program.child.kill('SIGTERM')
  await printed(program, 'err', /SIGTERM: stopping/)
  const readiness = await fetch(`${ops}/readyz`)
  expect([readiness.status, await readiness.json()]).toMatchObject([503, { status: 'stopping' }])
  expect((await fetch(`${ops}/healthz`)).status).toBe(200)
  await expect(fetch(addressOf(program, 'console'))).rejects.toThrow('fetch failed')
  answer()
  expect((await running).status).toBe(200)
  expect(await exit(program.child)).toBe(0)
})

test('requests that take longer than STOP_SECONDS are cut', async () => {
  const { program, running } = await startConsole('0')
  program.child.kill('SIGTERM')
  await expect(running).rejects.toThrow('fetch failed')
  expect(await exit(program.child)).toBe(0)
})
