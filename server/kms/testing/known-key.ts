import { START, type ThalassaServer } from './thalassa-server.ts'
import { keyOnly } from './unaudited.ts'

/** Stores a key with known material (in the engine's format); returns its identity. */
export async function keyWithMaterial(kms: ThalassaServer, keyType: string, material: Uint8Array): Promise<string> {
  const id = await kms.create({ keyType })
  const key = kms.store.get({ cloud: 'thalassa', location: 'nl-01', id })
  if (!key) throw new Error('the key is gone')
  const known = `${id.slice(0, -4)}test`
  const wrapped = kms.keyWrapper.wrap(`key material thalassa/nl-01/${known}/v1`, material)
  const version = { version: 1, createdAt: START, automatic: false, wrapped }
  await kms.store.insert({ ...key, id: known, uniqueName: known }, version, keyOnly)
  return known
}
