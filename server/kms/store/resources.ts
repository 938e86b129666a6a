import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Resource, Store } from '../engine/store.ts'

export const toResource = (row: Record<string, SQLOutputValue>): Resource => ({
  cloud: String(row.cloud),
  kind: String(row.kind),
  id: String(row.id),
  createdAt: Number(row.created_at),
  content: JSON.parse(String(row.content)),
})

/** Reads of provider objects other than keys and credentials. */
export function openResourceTable(database: DatabaseSync): Pick<Store, 'resource' | 'resources'> {
  const sql = {
    one: database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? AND id = ?'),
    all: database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? ORDER BY created_at, id'),
  }
  return {
    async resource(cloud, kind, id) {
      const row = sql.one.get(cloud, kind, id)
      return row && toResource(row)
    },
    resources: async (cloud, kind) => sql.all.all(cloud, kind).map(toResource),
  }
}
