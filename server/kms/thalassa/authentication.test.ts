import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { makeUnauthenticated } from '../testing/older-schema.ts'
import { base64, startThalassa } from '../testing/thalassa-server.ts'

/** Downgrades a data folder to that of the first build: schema 1, one token, an organisation without projects. */
function makeOld(database: DatabaseSync, token: string): void {
  const organisation = JSON.parse(
    String(database.prepare("SELECT value FROM settings WHERE name = 'thalassa-organisation'").get()?.value),
  )
  const { identity, slug, name } = organisation
  const old = JSON.stringify({ identity, slug, name, features: ['kms'] })
  database.prepare("UPDATE settings SET value = ? WHERE name = 'thalassa-organisation'").run(old)
  database.prepare('DELETE FROM credentials WHERE id <> ?').run(token)
  database.prepare('UPDATE credentials SET attributes = ?').run(JSON.stringify({ organisation: identity }))
  database.exec(`DELETE FROM settings WHERE name = 'thalassa-projects'; DROP TABLE audit; DROP TABLE resources;
    DROP INDEX keys_origin; DROP INDEX keys_space; DROP INDEX keys_sync_at; ALTER TABLE keys DROP COLUMN origin;
    ALTER TABLE keys DROP COLUMN sync_at; PRAGMA user_version = 1`)
}

it('the next start completes a data folder of the first build once, and keeps its content', async () => {
  const first = await startThalassa()
  const { dataDir, token, organisation } = first
  const id = await first.create({ name: 'kept' })
  const plaintext = base64('before the upgrade')
  const { ciphertext } = (await first.on(id, 'POST', '/encrypt', { plaintext })).body
  const [entry] = Object.values((await first.call('GET', '/v1/audit?limit=1')).body.items ?? {}).slice(-1)
  const own = entry?.userIdentity
  const generic = (await first.call('GET', '/v1/audit?action=POST&limit=1')).body.items?.[0]
  await first.close({ keepData: true })
  makeUnauthenticated(first.database, first.keyWrapper)
  const database = new DatabaseSync(first.database)
  makeOld(database, String(generic?.context?.credentials_id))
  database.close()

  const upgraded = await startThalassa({ dataDir })
  const given = upgraded.thalassa.credential
  expect([given.token, given.organisation]).toEqual([token, organisation])
  expect((await upgraded.on(id, 'POST', '/decrypt', { ciphertext })).body.plaintext).toBe(plaintext)
  const reader = { authorization: `Token ${given.readerToken}` }
  expect((await upgraded.call('GET', '/v1/kms/nl-01/keys', { headers: reader })).body[0]?.identity).toBe(id)
  const projects = (await upgraded.call('GET', '/v1/projects')).body
  expect(projects).toMatchObject([{ slug: 'platform' }, { slug: 'payments' }])
  expect((await upgraded.call('GET', '/v1/audit')).body).toMatchObject({
    totalItems: 2,
    items: [{ action: 'kms.decrypt', userIdentity: own, resourceIdentity: id }, {}],
  })
  await upgraded.close({ keepData: true })

  const again = await startThalassa({ dataDir })
  expect(again.thalassa.credential).toEqual(given)
  expect((await again.call('GET', '/v1/projects')).body).toEqual(projects)
  await again.close()
})

it('every credential is stored wrapped', async () => {
  const kms = await startThalassa()
  const { token, readerToken, cryptoToken, client } = kms.thalassa.credential
  expect(new Set([token, readerToken, cryptoToken, client.secret]).size).toBe(4)
  const stored = await kms.store.credentials('thalassa')
  expect(stored).toHaveLength(5)
  for (const { wrapped, attributes } of stored)
    for (const secret of [token, readerToken, cryptoToken, client.secret]) {
      expect(Buffer.from(wrapped).includes(secret)).toBe(false)
      expect(JSON.stringify(attributes)).not.toContain(secret)
    }
  await kms.close()
})
