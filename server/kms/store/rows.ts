/** Conversion between database rows and the engine's types. */
import type {
  KeyAddress,
  KeySpace,
  Resource,
  StoredCredential,
  StoredKey,
  StoredVersion,
  VersionInfo,
} from '../engine/store.ts'

import type { Row } from './tables.ts'

export const text = (value: Row[string] | undefined) => String(value)
export const integer = (value: Row[string] | undefined) => Number(value)
const integerOrNull = (value: Row[string] | undefined) => (value === null || value === undefined ? null : Number(value))
const bytes = (value: Row[string] | undefined) => (value instanceof Uint8Array ? value : new Uint8Array())
const json = (value: Row[string] | undefined): Record<string, unknown> => JSON.parse(text(value))

export const toAddress = (row: Row): KeyAddress => ({
  cloud: text(row.cloud),
  location: text(row.location),
  id: text(row.id),
})

export const toKey = (row: Row): StoredKey => ({
  cloud: text(row.cloud),
  location: text(row.location),
  id: text(row.id),
  scope: text(row.scope),
  uniqueName: text(row.handle),
  algorithm: text(row.algorithm),
  status: text(row.status),
  latestVersion: integer(row.latest_version),
  revision: integer(row.revision),
  createdAt: integer(row.created_at),
  updatedAt: integer(row.updated_at),
  rotateAt: integerOrNull(row.rotate_at),
  destroyAt: integerOrNull(row.destroy_at),
  origin: row.origin === null ? null : text(row.origin),
  syncAt: integerOrNull(row.sync_at),
  attributes: json(row.attributes),
})

export const toVersionInfo = (row: Row): VersionInfo => ({
  version: integer(row.version),
  createdAt: integer(row.created_at),
  automatic: row.automatic === 1,
})

export const toVersion = (row: Row): StoredVersion => ({ ...toVersionInfo(row), wrapped: bytes(row.wrapped) })

export const toCredential = (row: Row): StoredCredential => ({
  cloud: text(row.cloud),
  id: text(row.id),
  name: text(row.name),
  wrapped: bytes(row.wrapped),
  createdAt: integer(row.created_at),
  attributes: json(row.attributes),
})

export const keyValues = (key: StoredKey) => ({
  cloud: key.cloud,
  location: key.location,
  id: key.id,
  scope: key.scope,
  handle: key.uniqueName,
  algorithm: key.algorithm,
  status: key.status,
  latest_version: key.latestVersion,
  revision: key.revision,
  created_at: key.createdAt,
  updated_at: key.updatedAt,
  rotate_at: key.rotateAt,
  destroy_at: key.destroyAt,
  origin: key.origin,
  sync_at: key.syncAt,
  attributes: JSON.stringify(key.attributes),
})

export const addressValues = ({ cloud, location, id }: KeyAddress) => ({ cloud, location, id })
export const spaceValues = ({ cloud, location, scope }: KeySpace) => ({ cloud, location, scope })

export const versionKey = ({ cloud, location, id }: KeyAddress, version: number) => ({
  cloud,
  location,
  key_id: id,
  version,
})

export const versionValues = (address: KeyAddress, { version, createdAt, automatic, wrapped }: StoredVersion) => ({
  ...versionKey(address, version),
  created_at: createdAt,
  automatic: automatic ? 1 : 0,
  wrapped,
})

export const credentialValues = ({ cloud, id, name, wrapped, createdAt, attributes }: StoredCredential) => ({
  cloud,
  id,
  name,
  wrapped,
  created_at: createdAt,
  attributes: JSON.stringify(attributes),
})

export const resourceValues = ({ cloud, kind, id, createdAt, content }: Resource) => ({
  cloud,
  kind,
  id,
  created_at: createdAt,
  content: JSON.stringify(content),
})

export const toResource = (row: Row): Resource => ({
  cloud: text(row.cloud),
  kind: text(row.kind),
  id: text(row.id),
  createdAt: integer(row.created_at),
  content: json(row.content),
})
