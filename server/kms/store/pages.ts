/** Paged reads of keys, so that long lists don't block other requests. */
import type { DatabaseSync } from 'node:sqlite'
import type { Store } from '../engine/store.ts'
import { integer, spaceValues, text, toAddress, toKey, toVersionInfos } from './rows.ts'

export function openPages(
  database: DatabaseSync,
): Pick<Store, 'page' | 'countByStatus' | 'countDue' | 'dueForRotation' | 'dueForDestruction'> {
  const sql = {
    // Versions are read with their key as one text: separate rows take several times as long for many keys.
    page: database.prepare(`SELECT *, (SELECT group_concat(version || ' ' || created_at || ' ' || automatic, ',' ORDER BY version)
      FROM versions WHERE versions.cloud = keys.cloud AND versions.location = keys.location AND key_id = keys.id) AS made
      FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope AND id > :after ORDER BY id LIMIT :limit`),
    counts: database.prepare(`SELECT status, count(*) AS number FROM keys WHERE cloud = :cloud AND location = :location
      AND scope = :scope AND origin IS NULL GROUP BY status`),
    countDue: database.prepare(`SELECT (SELECT count(*) FROM keys WHERE destroy_at <= :now) AS destructions,
      (SELECT count(*) FROM keys WHERE rotate_at <= :now) AS rotations`),
    dueForRotation: database.prepare(`SELECT * FROM keys WHERE cloud = :cloud AND rotate_at <= :now
      AND (rotate_at, location, id) > (:rotate_at, :location, :id) ORDER BY rotate_at, location, id LIMIT :limit`),
    dueForDestruction: database.prepare(
      'SELECT cloud, location, id FROM keys WHERE cloud = :cloud AND destroy_at <= :now',
    ),
  }
  return {
    page: async (space, after, limit) =>
      sql.page
        .all({ ...spaceValues(space), after, limit })
        .map((row) => ({ key: toKey(row), versions: toVersionInfos(row.made) })),

    countByStatus: async (space) =>
      new Map(sql.counts.all(spaceValues(space)).map((row) => [text(row.status), integer(row.number)])),

    async countDue(now) {
      const row = sql.countDue.get({ now })
      return { destructions: integer(row?.destructions), rotations: integer(row?.rotations) }
    },

    async dueForRotation(cloud, now, after, limit) {
      const { rotateAt, location = '', id = '' } = after ?? {}
      const from = { rotate_at: rotateAt ?? Number.MIN_SAFE_INTEGER, location, id }
      return sql.dueForRotation.all({ cloud, now, ...from, limit }).map(toKey)
    },

    dueForDestruction: async (cloud, now) => sql.dueForDestruction.all({ cloud, now }).map(toAddress),
  }
}
