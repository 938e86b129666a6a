import { describe, expect, test } from 'vitest'
import { DAY } from '../lib/dates.ts'
import { activityOf } from './audit-activity.ts'
import type { AuditEvent } from './cloud.ts'
import { versionAuthors } from './version-authors.ts'

const at = Date.UTC(2026, 10, 22, 12)
const byAda = { name: 'Ada', id: 'usr-1' }
const byItself = { name: 'Automatic rotation' }

const logged = (...entries: readonly Partial<AuditEvent>[]) =>
  activityOf(
    entries.map((entry, index) => ({
      id: `evt-${index}`,
      cloud: 'thalassa',
      at,
      action: 'kms.rotate',
      facts: [],
      succeeded: true,
      key: 'kms-1',
      ...entry,
    })),
  )

const ada = { actor: 'usr-1', actorName: 'Ada' }

const authors = (...given: Parameters<typeof versionAuthors>) => Object.fromEntries(versionAuthors(...given))

describe('the author of a version', () => {
  test('is the caller of the rotation at its time, or the system', () => {
    const versions = [
      { version: 4, createdAt: at },
      { version: 3, createdAt: at - DAY },
      { version: 2, createdAt: at - 2 * DAY },
    ]
    const events = logged({ at: at + 400, ...ada }, { at: at - DAY + 900, action: 'kms.rotate.scheduled' })
    expect(authors(versions, events)).toEqual({ 4: byAda, 3: byItself })
  })

  test('is that of the nearest rotation when several are close, each taken once', () => {
    const versions = [
      { version: 4, createdAt: at + 30_000 },
      { version: 3, createdAt: at + 10_000 },
      { version: 2, createdAt: at },
    ]
    const events = logged({ at: at + 30_200, ...ada }, { at: at + 200, actor: 'usr-2' })
    expect(authors(versions, events)).toEqual({ 4: byAda, 2: { name: 'usr-2', id: 'usr-2' } })
  })

  test('follows the version that an entry names, also where a version has no time', () => {
    const events = logged(
      { keyVersion: 3, at: at + 50_000, ...ada },
      { keyVersion: 2, actor: 'usr-2', actorName: 'Bob' },
    )
    const bob = { name: 'Bob', id: 'usr-2' }
    expect(
      authors(
        [
          { version: 3, createdAt: at },
          { version: 2, createdAt: at },
        ],
        events,
      ),
    ).toEqual({ 3: byAda, 2: bob })
    expect(authors([{ version: 3 }, { version: 2 }], events)).toEqual({ 3: byAda, 2: bob })
    expect(authors([{ version: 3, createdAt: at - DAY }], events)).toEqual({})
  })

  test('is not taken from a failed rotation, another operation, or one of the other kind', () => {
    const version = { version: 2, createdAt: at }
    expect(
      authors([version], logged({ succeeded: false, ...ada }, { action: 'kms.encrypt', keyVersion: 2, ...ada })),
    ).toEqual({})
    expect(authors([{ ...version, trigger: 'automatic' }], logged(ada))).toEqual({ 2: byItself })
    expect(authors([{ ...version, trigger: 'manual' }], logged({ action: 'kms.rotate.scheduled' }))).toEqual({})
    expect(authors([version], logged({}))).toEqual({})
    expect(authors([version], [])).toEqual({})
  })
})
