/** Paged reads of keys, so that long lists don't block other requests. */
import type { DatabaseSync } from 'node:sqlite'
import type { Store } from '../engine/store.ts'
import { integer, spaceValues, text, toAddress, toKey, toVersionInfos } from './rows.ts'

export function openPages(
  database: DatabaseSync,
): Pick<Store, 'page' | 'countByStatus' | 'dueForRotation' | 'dueForDestruction'> {
  const sql = {
    // Versions are read with their key as one text: separate rows take several times as long for many keys.
    page: database.prepare(`SELECT *, (SELECT group_concat(version || ' ' || created_at || ' ' || automatic, ',' ORDER BY version)
      FROM versions WHERE versions.cloud = keys.cloud AND versions.location = keys.location AND key_id = keys.id) AS made
      FROM keys WHERE cloud = :cloud AND location = :location AND scope = :scope AND id > :after ORDER BY id LIMIT :limit`),
    counts: database.prepare(`SELECT status, count(*) AS number FROM keys WHERE cloud = :cloud AND location = :location
      AND scope = :scope AND origin IS NULL AND (destroy_at IS NULL OR destroy_at > :now) GROUP BY status`),
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

    countByStatus: async (space, now) =>
      new Map(sql.counts.all({ ...spaceValues(space), now }).map((row) => [text(row.status), integer(row.number)])),

    async dueForRotation(cloud, now, after, limit) {
      const { rotateAt, location = '', id = '' } = after ?? {}
      const from = { rotate_at: rotateAt ?? Number.MIN_SAFE_INTEGER, location, id }
      return sql.dueForRotation.all({ cloud, now, ...from, limit }).map(toKey)
    },

    dueForDestruction: async (cloud, now) => sql.dueForDestruction.all({ cloud, now }).map(toAddress),
  }
}
