/** Creation of keys, loaded with the wizard. */
import type { CreatedKey as MadeKey, NewKey } from '../cloud.ts'
import { detailsOf } from '../errors.ts'
import { type Call, send } from '../http.ts'
import { transportOf } from './connection.ts'
import { getKey } from './get-key.ts'
import { DEFAULT_KEY_SPEC, EXTERNAL_SOURCE, isKeySpec } from './key-specs.ts'
import { operations } from './operations.ts'
import { limits } from './rules.ts'
import { CreatedKey, type CreateKeyRequest } from './wire.ts'

export const createRequest = (key: NewKey): CreateKeyRequest => ({
  name: key.name,
  ...(key.description ? { description: key.description } : {}),
  usage: key.purpose === 'sign' ? 'sign-verify' : 'encrypt-decrypt',
  // The default is left out, since older SDKs have no such member.
  ...(isKeySpec(key.type) && key.type !== DEFAULT_KEY_SPEC ? { 'key-spec': key.type } : {}),
  'multi-zone': key.multiZone,
  ...(key.external && {
    source: EXTERNAL_SOURCE,
    xks: { 'external-key-id': key.external.key, 'xks-id': key.external.store },
  }),
})

export const createCall = (key: NewKey): Call => ({ method: 'POST', path: '/v2/kms-key', body: createRequest(key) })

/** Whether nothing is left to set after the creation: a key that rotates has the usual settings then. */
export const isDefaultRotation = ({ type, external, rotation: { automatic, period } }: NewKey) =>
  type !== DEFAULT_KEY_SPEC ||
  external !== undefined ||
  (automatic && (period === undefined || period.value === limits.rotationPeriod.default))

/** Services that know no key specifications ignore that of a new key. */
const otherType = (made: string, { type: wanted, location }: NewKey) =>
  made === wanted
    ? undefined
    : `${location} does not know ${wanted} and created an ${made} key. Schedule its deletion, or use it as it is.`

/** Creates a key, then sets its rotation: create accepts no rotation settings and returns neither material nor rotation. */
export async function create(wanted: NewKey): Promise<MadeKey> {
  const { id } = await send(transportOf(wanted.location), createCall(wanted), CreatedKey)
  const key = await getKey(wanted.location, id)
  const warning = otherType(key.type, wanted)
  if (warning !== undefined) return { key, warning }
  if (isDefaultRotation(wanted)) return { key }
  try {
    await operations.setRotation.run(key, wanted.rotation)
  } catch (error) {
    return {
      key,
      warning: `The key was created, but its rotation was not set: ${detailsOf(error).message} Set it on the key’s page.`,
    }
  }
  return { key: await getKey(wanted.location, id) }
}
