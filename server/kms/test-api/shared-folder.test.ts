import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { main } from '../../testing/program.ts'
import { temporaryFolder } from '../testing/thalassa-server.ts'
import { clientsOf, listIn, startTestKms } from './testing/server.ts'

let dataDir: string
beforeEach(() => {
  dataDir = temporaryFolder()
})
afterEach(() => rmSync(dataDir, { recursive: true }))

const denied = { 'default-service-strategy': 'deny', services: {} }

test('a reset of one server takes effect at once in another on the same data folder', async () => {
  const here = await startTestKms({ dataDir })
  const there = await startTestKms({ dataDir, test: undefined, testClock: true })
  const { identity } = (await there.thalassa('POST', '/keys', { name: 'soon gone' })).body
  await there.exoscale('PUT', '/v2/iam-organization-policy', denied)
  expect((await there.exoscale('GET', '/v2/kms-key')).status).toBe(403)
  await here.api('POST', '/clock', { days: 4 })
  await here.api('POST', '/reset')
  expect((await there.exoscale('GET', '/v2/kms-key')).status).toBe(200)
  expect((await there.thalassa('GET', `/keys/${identity}`)).status).toBe(404)
  const { body } = await there.thalassa('POST', '/keys', { name: 'soon gone' })
  expect((await here.thalassa('GET', `/keys/${body.identity}`)).status).toBe(200)
  expect(await (await fetch(`${there.url}/clock`)).json()).toMatchObject({ daysAhead: 0 })
  await Promise.all([here.stop(), there.stop()])
})

/** Creates a key and resets, again and again, until the server ends; returns the number of acknowledged resets. */
async function resetUntilKilled(
  child: ReturnType<typeof spawn>,
  printed: Readonly<Record<string, string>>,
  after: number,
) {
  const { api, thalassa } = clientsOf(
    {
      credentials: {
        thalassa: {
          token: `${printed.THALASSA_PERSONAL_ACCESS_TOKEN}`,
          organisation: `${printed.THALASSA_ORGANISATION_ID}`,
          organisationSlug: '',
          readerToken: '',
          cryptoToken: '',
          client: { id: '', secret: '' },
        },
        exoscale: { key: '', secret: '' },
      },
    },
    `${printed.kms}`,
  )
  let acknowledged = 0
  try {
    for (;;) {
      await Promise.all(Array.from({ length: 5 }, (_, nth) => thalassa('POST', '/keys', { name: `key ${nth}` })))
      const reset = api('POST', '/reset')
      if (acknowledged === after) child.kill('SIGKILL')
      await reset
      acknowledged += 1
    }
  } catch {
    return acknowledged
  }
}

test('after a kill during a reset, the store holds the content from before or after the reset', async () => {
  for (const after of [0, 2, 5]) {
    const child = spawn(process.execPath, [main, 'kms', '--port', '0', '--test'], {
      cwd: dataDir,
      env: { KMS_DATA_DIR: dataDir },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const exit = once(child, 'exit')
    const printed: Record<string, string> = {}
    for await (const line of createInterface(child.stdout)) {
      const [, name, value] = /^(?:export )?(\w+)(?:: |=)(.*)$/.exec(line) ?? []
      if (name !== undefined && value !== undefined) printed[name] = value
      if (name === 'EXOSCALE_API_SECRET') break
    }
    expect(await resetUntilKilled(child, printed, after)).toBe(after)
    await exit
    const again = await startTestKms({ dataDir })
    expect(again.kms.credentials.thalassa.token).toBe(printed.THALASSA_PERSONAL_ACCESS_TOKEN)
    const keys = listIn((await again.thalassa('GET', '/keys')).body)
    expect([0, 5]).toContain(keys.length)
    expect((await again.exoscale('GET', '/v2/kms-key')).body).toMatchObject({
      'kms-keys': [{ name: 'exoscale-default' }],
    })
    await again.api('POST', '/reset')
    await again.stop()
  }
})
