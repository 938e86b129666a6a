/** Creation of keys, and what imports need for it. Loaded with the first use. */
import type { CreatedKey, NewKey } from '../cloud.ts'
import { type Call, send } from '../http.ts'
import { keysPath, transport } from './connection.ts'
import { KeyAnswer, readKey } from './read.ts'
import { type CreateKeyRequest, WrappingKey } from './wire.ts'

export function createCall(key: NewKey): Call {
  const body: CreateKeyRequest = {
    name: key.name,
    keyType: key.type,
    ...(key.description ? { description: key.description } : {}),
    ...(Object.keys(key.labels).length > 0 ? { labels: key.labels } : {}),
    ...(Object.keys(key.annotations).length > 0 ? { annotations: key.annotations } : {}),
    ...(key.exportAllowed ? { exportAllowed: true } : {}),
    ...(key.rotation.automatic
      ? {
          keyRotationEnabled: true,
          ...(key.rotation.period === undefined ? {} : { rotationPeriodInDays: key.rotation.period.value }),
        }
      : {}),
    ...(key.material
      ? {
          importKeyMaterial: key.material.wrapped,
          hashFunction: key.material.hash,
          ...(key.material.allowRotation ? { allowRotation: true } : {}),
        }
      : {}),
  }
  return { method: 'POST', path: keysPath(key.location), body, project: key.project }
}

export async function create(key: NewKey): Promise<CreatedKey> {
  const created = await send(transport, createCall(key), KeyAnswer)
  return { key: readKey(created, key.location, key.project) }
}

/** PEM of the key that material is wrapped with. */
export async function wrappingKey(region: string, signal?: AbortSignal): Promise<string> {
  const path = `/v1/kms/${encodeURIComponent(region)}/wrapping-key`
  return (await send(transport, { method: 'GET', path }, WrappingKey, signal)).publicKey
}
