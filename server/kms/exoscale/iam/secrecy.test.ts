import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import pino from 'pino'
import { expect, test } from 'vitest'
import { CreatedApiKey, EventList, RoleList } from '../../../../src/clouds/exoscale/wire-organisation.ts'
import { openKms } from '../../kms.ts'
import { temporaryFolder } from '../../testing/thalassa-server.ts'
import { revisions } from '../testing/expectations.ts'
import { sign } from '../testing/server.ts'

test('the wrapped secret of a deleted API key is in no file any more, also where rows have moved', async () => {
  const dataDir = temporaryFolder()
  const kms = await openKms({ dataDir, log: pino({ level: 'silent' }), address: () => undefined })
  async function call(method: string, target: string, content?: object) {
    const body = content === undefined ? undefined : JSON.stringify(content)
    const expires = Math.floor(Date.now() / 1000) + 600
    const credential = kms.credentials.exoscale
    const signed = { method, target, ...(body === undefined ? {} : { body }), credential, expires }
    const headers = { authorization: await sign(signed), 'content-type': 'application/json' }
    const init = { method, headers, ...(body === undefined ? {} : { body }) }
    return (await kms.fetch(new Request(`http://kms.test${target}`, init), target)).json()
  }
  const { 'iam-roles': roles = [] } = RoleList.parse(await call('GET', '/v2/iam-role'))
  const made: string[] = []
  for (let nth = 0; nth < 60; nth += 1) {
    const name = 'n'.repeat(1 + ((nth * 37) % 200))
    made.push(CreatedApiKey.parse(await call('POST', '/v2/api-key', { name, 'role-id': roles[nth % 3]?.id })).key)
  }
  const database = new DatabaseSync(join(dataDir, 'kms.sqlite'), { readOnly: true })
  const wrapped = new Map(
    database
      .prepare("SELECT id, wrapped FROM credentials WHERE cloud = 'exoscale'")
      .all()
      .map((row) => [String(row.id), Buffer.from(row.wrapped as Uint8Array)]),
  )
  database.close()
  const files = () => Buffer.concat(readdirSync(dataDir).map((name) => readFileSync(join(dataDir, name))))
  const isThere = (key: string) => files().includes(wrapped.get(key)?.subarray(20, 50) ?? '?')
  expect(made.map(isThere)).toEqual(made.map(() => true))
  const gone = made.filter((_, nth) => nth % 7 === 3)
  for (const key of gone) await call('DELETE', `/v2/api-key/${key}`)
  expect(gone.filter(isThere)).toEqual([])
  expect(made.filter(isThere)).toHaveLength(made.length - gone.length)
  await kms.close()
  rmSync(dataDir, { recursive: true })
})

const title = 'the secret of an API key is returned once, and is in no file, log or other answer, revision %s'

test.each(revisions)(title, async (revision) => {
  const dataDir = temporaryFolder()
  const lines: string[] = []
  const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) })
  const kms = await openKms({ dataDir, exoscaleApi: revision, log, address: () => undefined })
  const answers: string[] = []

  async function call(method: string, target: string, content?: object, credential = kms.credentials.exoscale) {
    const body = content === undefined ? undefined : JSON.stringify(content)
    const expires = Math.floor(Date.now() / 1000) + 600
    const signed = { method, target, ...(body === undefined ? {} : { body }), credential, expires }
    const headers = { authorization: await sign(signed), 'content-type': 'application/json' }
    const response = await kms.fetch(
      new Request(`http://kms.test${target}`, { method, headers, ...(body === undefined ? {} : { body }) }),
      target,
    )
    return response.text()
  }
  const note = async (...args: Parameters<typeof call>) => {
    answers.push(await call(...args))
    return answers.at(-1) ?? ''
  }

  const roles = RoleList.parse(JSON.parse(await note('GET', '/v2/iam-role')))['iam-roles'] ?? []
  const made: CreatedApiKey[] = []
  for (const { id, name } of roles) {
    const created = CreatedApiKey.parse(JSON.parse(await call('POST', '/v2/api-key', { name, 'role-id': id })))
    made.push(created)
    await note('POST', '/v2/kms-key', { name: `key of ${name}` }, created)
    await note('POST', '/v2/kms-key', { name: created.key }, { ...created, secret: `${created.secret}x` })
  }
  for (const target of ['/v2/api-key', '/v2/event', '/v2/iam-role', `/v2/api-key/${made[0]?.key}`])
    await note('GET', target)
  expect(EventList.parse(JSON.parse(answers.at(-3) ?? ''))).not.toEqual([])
  await note('DELETE', `/v2/api-key/${made[0]?.key}`)
  await kms.close()

  const secrets = [...made, kms.credentials.exoscale].map(({ secret }) => secret)
  const places = [
    ['log', Buffer.from(lines.join('\n'))],
    ['answers', Buffer.from(answers.join('\n'))],
    ...readdirSync(dataDir).map((name) => [name, readFileSync(join(dataDir, name))] as const),
  ] as const
  rmSync(dataDir, { recursive: true })
  const found = places.flatMap(([place, content]) =>
    secrets.flatMap((secret, nth) =>
      [Buffer.from(secret), Buffer.from(secret, 'base64url'), Buffer.from(Buffer.from(secret).toString('base64'))].some(
        (form) => content.includes(form),
      )
        ? [`secret ${nth} in ${place}`]
        : [],
    ),
  )
  expect(secrets).toHaveLength(4)
  expect(found).toEqual([])
  // Control: the search finds plaintext, such as the ids of the keys.
  expect(places.some(([, content]) => content.includes(made[1]?.key ?? '!'))).toBe(true)
})
