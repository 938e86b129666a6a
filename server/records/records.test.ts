import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Approval } from '../../src/clouds/gateway/approvals.ts'
import type { NewEvent } from './audit-log.ts'
import { openRecordsAt } from './open.ts'
import type { Records } from './records.ts'
import { databases, type TestDatabase } from './testing/databases.ts'

const event = (nth: number): NewEvent => ({
  at: nth,
  subject: `person-${nth % 3}`,
  name: 'A person',
  by: 'session',
  operation: 'encrypt',
  provider: 'thalassa',
  key: `key-${nth}`,
  outcome: 'ok',
  request: `request-${nth}`,
})

const appendMany = (records: Records, count: number, from = 0) =>
  Promise.all(Array.from({ length: count }, (_, nth) => records.auditLog.append(event(from + nth))))

describe.each(databases)('on %s', (_name, create) => {
  let database: TestDatabase
  const opened: Records[] = []

  const open = async (now?: () => number) => {
    const records = await openRecordsAt(database.place, now ? { now } : {})
    opened.push(records)
    return records
  }

  beforeEach(async () => {
    database = await create()
  })

  afterEach(async () => {
    for (const records of opened.splice(0)) await records.close()
    database.remove()
  })

  describe('the audit log', () => {
    test('keeps the order in which events came, in one chain, over two processes', async () => {
      const one = await open()
      const other = await open()
      await Promise.all([appendMany(one, 50), appendMany(other, 50, 100)])
      expect(await one.auditLog.verify()).toMatchObject({ rows: 100 })
      const events = await other.auditLog.read({}, 200)
      expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: 100 }, (_, nth) => 100 - nth))
      const own = events.filter(({ at }) => at < 100).map(({ at }) => at)
      expect(own).toEqual(own.toSorted((a, b) => b - a))
    })

    test('keeps texts that a database may not know, and finds events by them', async () => {
      const records = await open()
      const odd = { ...event(1), subject: 'zero \0 byte', key: 'half \ud800 a pair' }
      await records.auditLog.append(odd)
      expect(await records.auditLog.verify()).toMatchObject({ rows: 1 })
      expect(await records.auditLog.read({ subject: odd.subject, key: odd.key }, 5)).toMatchObject([odd])
      expect(await records.auditLog.read({ key: 'other \0' }, 5)).toEqual([])
    })

    const change = async (statement: string) => {
      const records = await open()
      await appendMany(records, 10)
      const before = await records.auditLog.verify()
      await database.run(statement)
      return { before, after: await records.auditLog.verify() }
    }

    test.each([
      ['an outcome', `UPDATE console_audit SET content = replace(content, '"ok"', '"failed"') WHERE seq = 4`, 4],
      ['the person of a search', `UPDATE console_audit SET subject = 'somebody' WHERE seq = 4`, 4],
      ['a removed row', 'DELETE FROM console_audit WHERE seq = 4', 4],
      ['the order', 'UPDATE console_audit SET seq = CASE seq WHEN 4 THEN 1000 ELSE seq END', 4],
      ['a hash', `UPDATE console_audit SET hash = 'x' WHERE seq = 4`, 4],
    ])('finds a change of %s', async (_what, statement, wrong) => {
      const { after } = await change(statement)
      expect(after).toMatchObject({ wrong })
    })

    test('tells removed events from the end by the hash that was kept', async () => {
      const { before, after } = await change('DELETE FROM console_audit WHERE seq > 8')
      expect(before).toMatchObject({ rows: 10 })
      expect(after).toMatchObject({ rows: 8 })
      expect('hash' in after && 'hash' in before && after.hash !== before.hash).toBe(true)
    })

    test('survives the end of the process', async () => {
      const records = await open()
      await appendMany(records, 3)
      const again = await open()
      expect((await again.auditLog.readAfter(0, 10)).map(({ key }) => key)).toEqual(['key-0', 'key-1', 'key-2'])
    })
  })

  describe('revoked sessions', () => {
    test('hold in other processes at once, and no longer than a session could', async () => {
      let now = 1000
      const one = await open(() => now)
      const other = await open(() => now)
      const session = { id: 's-1', subject: 'ada', at: 500 }
      expect(await other.revocations.isRevoked(session)).toBe(false)
      await one.revocations.revoke({ id: 's-1' }, 5000)
      expect(await other.revocations.isRevoked(session)).toBe(true)
      expect(await other.revocations.isRevoked({ ...session, id: 's-2' })).toBe(false)
      await one.revocations.revoke({ subject: 'ada' }, 6000)
      expect(await other.revocations.isRevoked({ ...session, id: 's-2' })).toBe(true)
      // A sign-in afterwards is a new session, of the same id too while that at the provider goes on.
      for (const id of ['s-1', 's-3'])
        expect(await other.revocations.isRevoked({ id, subject: 'ada', at: 1001 })).toBe(false)
      // The clock of the process that signed in may be ahead.
      await one.revocations.revoke({ id: 's-4', at: 1500 }, 6000)
      expect(await other.revocations.isRevoked({ id: 's-4', subject: 'ada', at: 1500 })).toBe(true)
      now = 10_000
      await one.revocations.revoke({ id: 's-9' }, 20_000)
      expect(await other.revocations.isRevoked(session)).toBe(false)
    })
  })

  describe('approvals', () => {
    const approval: Approval = {
      id: 'a-1',
      state: 'waiting',
      kind: 'deletion',
      asker: { subject: 'ada', name: 'Ada' },
      reason: 'gone',
      askedAt: 0,
      expiresAt: 100,
      provider: 'thalassa',
      method: 'DELETE',
      path: '/v1/kms/nl-01/keys/k',
      revealsSecret: false,
    }

    test('of two processes that decide at once, one does', async () => {
      const one = await open()
      const other = await open()
      const stored = { approval, keyState: 'x' }
      await one.approvals.insert(stored, event(0))
      const both = await Promise.allSettled([
        one.approvals.step(stored, 'approved', {}, event(1)),
        other.approvals.step(stored, 'declined', {}, event(2)),
      ])
      expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
      // The event of the one that failed is not in the log.
      expect(await one.auditLog.verify()).toMatchObject({ rows: 2 })
    })

    test('go no step that the states do not have', async () => {
      const records = await open()
      const stored = { approval, keyState: undefined }
      await records.approvals.insert(stored, event(0))
      expect(() => records.approvals.step(stored, 'done')).toThrow('the approval is waiting')
      const declined = await records.approvals.step(stored, 'declined')
      expect(() => records.approvals.step(declined, 'approved')).toThrow('the approval is declined')
      await expect(records.approvals.step(stored, 'approved')).rejects.toThrow('the approval is declined')
    })
  })

  test('tables of a newer version are not used', async () => {
    await open()
    await database.run('UPDATE console_schema SET version = 99')
    await expect(open()).rejects.toThrow('newer than this build')
  })
})
