import { expect, test } from 'vitest'
import { openRecords } from '../records/records.ts'
import { openSqlite } from '../records/sqlite.ts'
import { cookiePlace } from './cookies.ts'
import { openSealer } from './sealed.ts'
import { openSessions } from './sessions.ts'

const place = () => cookiePlace(new URL('https://kms.example/'))

async function open() {
  const now = () => 1_800_000_000_000
  const records = await openRecords({ database: openSqlite(':memory:'), now })
  const limits = { idle: 3_600_000, absolute: 28_800_000 }
  const { revocations } = records
  return openSessions({ sealer: openSealer(['a secret of this test']), place, limits, revocations, now })
}

const cookieOf = (setCookie: string) => setCookie.split(';')[0]

test('a thousand sessions, half of which are ended', async () => {
  const sessions = await open()
  const cookies = Array.from({ length: 1000 }, (_, nth) =>
    sessions.start({ id: `session-${nth}`, subject: `person-${nth}`, name: 'A person', groups: ['sre'] }),
  ).map(cookieOf)
  await Promise.all(cookies.flatMap((_, nth) => (nth % 2 === 0 ? [sessions.end({ id: `session-${nth}` })] : [])))
  const read = await Promise.all(cookies.map((cookie) => sessions.read(cookie)))
  expect(read.map((found) => found?.session.subject)).toEqual(
    cookies.map((_, nth) => (nth % 2 === 0 ? undefined : `person-${nth}`)),
  )
})

test('by https the browser sends the cookie to this host alone, and scripts can’t read it', async () => {
  const sessions = await open()
  const cookie = sessions.start({ subject: 'ada', name: 'Ada', groups: [] })
  expect(cookie).toMatch(/^__Host-kms-console=[\w-]+; Path=\/; HttpOnly; Secure; SameSite=Strict; Max-Age=3600$/)
  expect(sessions.removal()).toMatch(/^__Host-kms-console=; .*Max-Age=0$/)
})
