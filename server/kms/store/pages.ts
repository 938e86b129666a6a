/** Paged reads of keys, so that long lists don't block other requests. */
import type { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { IntegrityError, type KeyWithVersions, type Store, type VersionInfo } from '../engine/store.ts'
import { assertComplete } from './row-access.ts'
import { integer, spaceValues, text, toAddress, toKey, toVersionInfo } from './rows.ts'
import { assertRow, type Row } from './tables.ts'

type Pages = Pick<Store, 'page' | 'countByStatus' | 'countDue' | 'dueForRotation' | 'dueForDestruction' | 'toSync'>

export function openPages(database: DatabaseSync, keyWrapper: KeyWrapper): Pages {
  // Versions are read with their key as one text: separate rows take several times as long for many keys. Of the wrapped
  // material only the tag is needed, which its row's code covers.
  const pageOf = (condition: string) =>
    database.prepare(`SELECT *, (SELECT group_concat(concat_ws(' ', version, created_at, automatic,
        hex(substr(wrapped, -16)), hex(code)), ',' ORDER BY version)
      FROM versions WHERE versions.cloud = keys.cloud AND versions.location = keys.location AND key_id = keys.id) AS made
      FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope AND id > :after ${condition}
      ORDER BY id LIMIT :limit`)
  const sql = {
    page: pageOf(''),
    named: pageOf("AND attributes ->> '$.name' = :name"),
    counts: database.prepare(`SELECT status, number FROM key_counts WHERE cloud = :cloud AND location = :location
      AND scope = :scope AND number > 0`),
    countDue: database.prepare(`SELECT (SELECT count(*) FROM keys WHERE destroy_at <= :now) AS destructions,
      (SELECT count(*) FROM keys WHERE rotate_at <= :now) AS rotations`),
    dueForRotation: database.prepare(`SELECT cloud, location, id, rotate_at FROM keys WHERE cloud = :cloud
      AND rotate_at <= :now AND (rotate_at, location, id) > (:rotate_at, :location, :id)
      ORDER BY rotate_at, location, id LIMIT :limit`),
    dueForDestruction: database.prepare(
      'SELECT cloud, location, id FROM keys WHERE cloud = :cloud AND destroy_at <= :now',
    ),
    toSync: database.prepare(
      'SELECT cloud, location, id FROM keys WHERE cloud = :cloud AND sync_at <= :now ORDER BY sync_at',
    ),
  }

  /** Versions of a row of the page, from a text such as `1 1700000000000 0 TAG CODE,2 …`. */
  function versionsIn({ cloud, location, id, made }: Row): readonly VersionInfo[] {
    if (typeof made !== 'string') return []
    return made.split(',').map((one) => {
      const [version, createdAt, automatic, tag = '', code = ''] = one.split(' ')
      const row = {
        ...{ cloud: cloud ?? null, location: location ?? null, key_id: id ?? null },
        ...{ version: Number(version), created_at: Number(createdAt), automatic: Number(automatic) },
        wrapped: Buffer.from(tag, 'hex'),
        code: Buffer.from(code, 'hex'),
      }
      assertRow(keyWrapper, 'versions', row)
      return toVersionInfo(row)
    })
  }

  function read(row: Row): KeyWithVersions {
    assertRow(keyWrapper, 'keys', row)
    const key = toKey(row)
    const versions = versionsIn(row)
    assertComplete(key, versions)
    return { key, versions }
  }

  return {
    async page(space, after, limit, name) {
      const values = { ...spaceValues(space), after, limit }
      const rows = name === undefined ? sql.page.all(values) : sql.named.all({ ...values, name })
      const keys: KeyWithVersions[] = []
      const broken: IntegrityError[] = []
      for (const row of rows) {
        try {
          keys.push(read(row))
        } catch (error) {
          if (!(error instanceof IntegrityError)) throw error
          broken.push(error)
        }
      }
      return { keys, broken, next: rows.length < limit ? undefined : text(rows.at(-1)?.id) }
    },

    countByStatus: async (space) =>
      new Map(sql.counts.all(spaceValues(space)).map((row) => [text(row.status), integer(row.number)])),

    async countDue(now) {
      const row = sql.countDue.get({ now })
      return { destructions: integer(row?.destructions), rotations: integer(row?.rotations) }
    },

    async dueForRotation(cloud, now, after, limit) {
      const { rotateAt = Number.MIN_SAFE_INTEGER, location = '', id = '' } = after ?? {}
      return sql.dueForRotation
        .all({ cloud, now, rotate_at: rotateAt, location, id, limit })
        .map((row) => ({ ...toAddress(row), rotateAt: integer(row.rotate_at) }))
    },

    dueForDestruction: async (cloud, now) => sql.dueForDestruction.all({ cloud, now }).map(toAddress),
    toSync: async (cloud, now) => sql.toSync.all({ cloud, now }).map(toAddress),
  }
}
