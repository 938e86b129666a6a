import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Resource, Store } from '../engine/store.ts'

export const toResource = (row: Record<string, SQLOutputValue>): Resource => ({
  cloud: String(row.cloud),
  kind: String(row.kind),
  id: String(row.id),
  createdAt: Number(row.created_at),
  content: JSON.parse(String(row.content)),
})

/** Provider objects other than keys and credentials. */
export function openResourceTable(
  database: DatabaseSync,
): Pick<Store, 'resource' | 'resources' | 'putResource' | 'removeResource'> {
  const sql = {
    one: database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? AND id = ?'),
    all: database.prepare('SELECT * FROM resources WHERE cloud = ? AND kind = ? ORDER BY created_at, id'),
    put: database.prepare(`INSERT INTO resources (cloud, kind, id, created_at, content)
      VALUES (:cloud, :kind, :id, :created_at, :content)
      ON CONFLICT (cloud, kind, id) DO UPDATE SET content = excluded.content`),
    remove: database.prepare('DELETE FROM resources WHERE cloud = ? AND kind = ? AND id = ?'),
  }
  return {
    async resource(cloud, kind, id) {
      const row = sql.one.get(cloud, kind, id)
      return row && toResource(row)
    },
    resources: async (cloud, kind) => sql.all.all(cloud, kind).map(toResource),
    async putResource({ cloud, kind, id, createdAt, content }) {
      sql.put.run({ cloud, kind, id, created_at: createdAt, content: JSON.stringify(content) })
    },
    removeResource: async (cloud, kind, id) => sql.remove.run(cloud, kind, id).changes > 0,
  }
}
