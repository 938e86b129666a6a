import type { DatabaseSync } from 'node:sqlite'
import type { KeyWrapper } from '../engine/key-wrapper.ts'
import { authenticate } from './authenticate.ts'

type Migration =
  | string
  | { readonly sql: string; readonly convert: (database: DatabaseSync, keyWrapper: KeyWrapper) => void }

/** Schema migrations: entry N migrates a database from version N to N + 1. Entries are never edited, only added. */
const migrations: readonly Migration[] = [
  `CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

   CREATE TABLE keys (
     cloud TEXT NOT NULL,
     location TEXT NOT NULL,
     id TEXT NOT NULL,
     scope TEXT NOT NULL,
     handle TEXT NOT NULL,
     algorithm TEXT NOT NULL,
     status TEXT NOT NULL,
     latest_version INTEGER NOT NULL,
     revision INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     updated_at INTEGER NOT NULL,
     rotate_at INTEGER,
     destroy_at INTEGER,
     attributes TEXT NOT NULL,
     PRIMARY KEY (cloud, location, id),
     UNIQUE (cloud, location, scope, handle)
   ) STRICT;
   CREATE INDEX keys_rotate_at ON keys (cloud, rotate_at) WHERE rotate_at IS NOT NULL;
   CREATE INDEX keys_destroy_at ON keys (cloud, destroy_at) WHERE destroy_at IS NOT NULL;

   CREATE TABLE versions (
     cloud TEXT NOT NULL,
     location TEXT NOT NULL,
     key_id TEXT NOT NULL,
     version INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     automatic INTEGER NOT NULL,
     wrapped BLOB NOT NULL,
     PRIMARY KEY (cloud, location, key_id, version),
     FOREIGN KEY (cloud, location, key_id) REFERENCES keys (cloud, location, id) ON DELETE CASCADE
   ) STRICT, WITHOUT ROWID;

   CREATE TABLE credentials (
     cloud TEXT NOT NULL,
     id TEXT NOT NULL,
     name TEXT NOT NULL,
     wrapped BLOB NOT NULL,
     created_at INTEGER NOT NULL,
     attributes TEXT NOT NULL,
     PRIMARY KEY (cloud, id)
   ) STRICT, WITHOUT ROWID;`,

  `CREATE TABLE audit (
     sequence INTEGER PRIMARY KEY,
     cloud TEXT NOT NULL,
     organisation TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     action TEXT NOT NULL,
     resource_type TEXT NOT NULL,
     resource TEXT NOT NULL,
     user TEXT NOT NULL,
     service_account TEXT NOT NULL,
     status INTEGER NOT NULL,
     words TEXT NOT NULL,
     entry TEXT NOT NULL
   ) STRICT;
   CREATE INDEX audit_organisation ON audit (cloud, organisation);`,

  `CREATE TABLE resources (
     cloud TEXT NOT NULL,
     kind TEXT NOT NULL,
     id TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     content TEXT NOT NULL,
     PRIMARY KEY (cloud, kind, id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX audit_time ON audit (cloud, organisation, created_at);`,

  `ALTER TABLE keys ADD COLUMN origin TEXT;
   ALTER TABLE keys ADD COLUMN sync_at INTEGER;
   CREATE INDEX keys_origin ON keys (cloud, id) WHERE origin IS NOT NULL;
   CREATE INDEX keys_sync_at ON keys (cloud, sync_at) WHERE sync_at IS NOT NULL;`,

  // Indexes for paged lists and due keys; the counts of a key space read the index only.
  `CREATE INDEX keys_space ON keys (cloud, location, scope, id, status, origin, destroy_at);
   DROP INDEX keys_rotate_at;
   CREATE INDEX keys_rotate_at ON keys (cloud, rotate_at, location, id) WHERE rotate_at IS NOT NULL;`,

  {
    sql: `ALTER TABLE settings ADD COLUMN code BLOB NOT NULL DEFAULT x'';
     ALTER TABLE keys ADD COLUMN code BLOB NOT NULL DEFAULT x'';
     ALTER TABLE versions ADD COLUMN code BLOB NOT NULL DEFAULT x'';
     ALTER TABLE credentials ADD COLUMN code BLOB NOT NULL DEFAULT x'';
     ALTER TABLE resources ADD COLUMN code BLOB NOT NULL DEFAULT x'';
     ALTER TABLE audit ADD COLUMN code BLOB NOT NULL DEFAULT x'';
     CREATE TABLE head (one INTEGER PRIMARY KEY CHECK (one = 1), content TEXT NOT NULL, code BLOB NOT NULL) STRICT;`,
    convert: authenticate,
  },

  'CREATE INDEX audit_resource ON audit (cloud, organisation, resource);',

  // Counts of a key space, without copies, so that they are not counted again for each summary; and keys by name.
  `CREATE TABLE key_counts (
     cloud TEXT NOT NULL,
     location TEXT NOT NULL,
     scope TEXT NOT NULL,
     status TEXT NOT NULL,
     number INTEGER NOT NULL,
     PRIMARY KEY (cloud, location, scope, status)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO key_counts SELECT cloud, location, scope, status, count(*) FROM keys WHERE origin IS NULL
     GROUP BY cloud, location, scope, status;
   CREATE TRIGGER keys_inserted AFTER INSERT ON keys WHEN new.origin IS NULL BEGIN
     INSERT INTO key_counts VALUES (new.cloud, new.location, new.scope, new.status, 1)
       ON CONFLICT DO UPDATE SET number = number + 1;
   END;
   CREATE TRIGGER keys_updated AFTER UPDATE OF cloud, location, scope, status, origin ON keys
     WHEN (old.cloud, old.location, old.scope, old.status, old.origin)
       IS NOT (new.cloud, new.location, new.scope, new.status, new.origin) BEGIN
     UPDATE key_counts SET number = number - 1 WHERE old.origin IS NULL
       AND (cloud, location, scope, status) = (old.cloud, old.location, old.scope, old.status);
     INSERT INTO key_counts SELECT new.cloud, new.location, new.scope, new.status, 1 WHERE new.origin IS NULL
       ON CONFLICT DO UPDATE SET number = number + 1;
   END;
   CREATE TRIGGER keys_deleted AFTER DELETE ON keys WHEN old.origin IS NULL BEGIN
     UPDATE key_counts SET number = number - 1
       WHERE (cloud, location, scope, status) = (old.cloud, old.location, old.scope, old.status);
   END;
   DROP INDEX keys_space;
   CREATE INDEX keys_space ON keys (cloud, location, scope, id);
   CREATE INDEX keys_name ON keys (cloud, location, scope, attributes ->> '$.name', id);`,

  // Entries of the audit log as they were committed, until they are moved to its table.
  `CREATE TABLE audit_commits (
     first INTEGER PRIMARY KEY,
     number INTEGER NOT NULL,
     entries TEXT NOT NULL,
     code BLOB NOT NULL
   ) STRICT;`,
]

/** The first schema with authentication codes and with secrets that are wrapped for it. */
const AUTHENTICATED = 6

export const isAuthenticated = (schema: number): boolean => schema >= AUTHENTICATED

/** The first schema with counts of keys. */
const COUNTED = 8

export const hasKeyCounts = (schema: number): boolean => schema >= COUNTED

/** The schema that this build writes. */
export const newestSchema = migrations.length

export const schemaOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0)

/**
 * Migrates a database to the newest schema in one transaction. Throws for one of a newer build, and IntegrityError for
 * one whose secrets are not those of its schema. True if secrets were wrapped anew.
 */
export function migrate(database: DatabaseSync, keyWrapper: KeyWrapper): boolean {
  const from = schemaOf(database)
  if (from > newestSchema) throw new Error(`the database has schema ${from}, newer than this build's ${newestSchema}`)
  if (from === newestSchema) return false
  database.exec('BEGIN IMMEDIATE')
  try {
    // Read again under the lock: another server that starts at the same time may have migrated it.
    for (const migration of migrations.slice(schemaOf(database))) {
      database.exec(typeof migration === 'string' ? migration : migration.sql)
      if (typeof migration !== 'string') migration.convert(database, keyWrapper)
    }
    database.exec(`PRAGMA user_version = ${newestSchema}; COMMIT`)
    return from > 0 && !isAuthenticated(from)
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}
