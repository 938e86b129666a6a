import { isKeyType, type KeyType, keyTypes, limits, slugOf } from '../../../src/clouds/thalassa/rules.ts'
import { knownAlgorithm } from '../crypto/material.ts'
import type { KeySpace } from '../engine/store.ts'
import type { WrappingKeys } from '../engine/wrapping-keys.ts'
import type { ProviderServices } from '../provider.ts'
import { type Answer, ApiError } from './errors.ts'
import { newIdentity } from './identity.ts'
import { type Import, importOf, isImport, openImport, requireImportable } from './import.ts'
import { answered, type KeyAttributes, nextRotation, type RecordedCall, requireRotatable } from './keys.ts'
import {
  characters,
  type JsonObject,
  optionalFlag,
  optionalText,
  requiredText,
  rotationPeriod,
  stringMap,
} from './validation.ts'

const DEFAULT_KEY_TYPE: KeyType = 'aes256-gcm96'

function keyTypeOf(body: JsonObject): KeyType {
  const keyType = optionalText(body, 'keyType') ?? DEFAULT_KEY_TYPE
  if (!isKeyType(keyType))
    throw new ApiError(400, `keyType must be one of ${keyTypes.map(({ name }) => name).join(', ')}`)
  return keyType
}

function nameOf(body: JsonObject): string {
  const name = requiredText(body, 'name')
  const { min, max } = limits.name
  const length = characters(name)
  if (length < min || length > max) throw new ApiError(400, `name must be between ${min} and ${max} characters`)
  if (slugOf(name) === '') throw new ApiError(400, 'name must contain a letter a-z or a digit')
  return name
}

function descriptionOf(body: JsonObject): string {
  const description = optionalText(body, 'description') ?? ''
  const { max } = limits.description
  if (characters(description) > max) throw new ApiError(400, `description must be at most ${max} characters`)
  return description
}

function attributesFrom(body: JsonObject, imported: Import | undefined): KeyAttributes {
  const origin = imported ? { imported: true, allowRotation: imported.allowRotation } : {}
  const period = rotationPeriod(body)
  const keyRotationEnabled = optionalFlag(body, 'keyRotationEnabled') ?? false
  if (keyRotationEnabled) requireRotatable(origin)
  if (keyRotationEnabled && period === undefined)
    throw new ApiError(400, 'rotationPeriodInDays is required when keyRotationEnabled is true')
  return {
    name: nameOf(body),
    description: descriptionOf(body),
    labels: stringMap(body, 'labels'),
    annotations: stringMap(body, 'annotations'),
    exportAllowed: optionalFlag(body, 'exportAllowed') ?? false,
    keyRotationEnabled,
    ...(period !== undefined && { rotationPeriodInDays: period }),
    ...origin,
  }
}

/** Creates a key with version 1, of random or imported material; 409 if the slug is taken, also by a key pending deletion. */
export async function createKey(
  { keyring, clock, wrappingKeys }: Pick<ProviderServices, 'keyring' | 'clock'> & { wrappingKeys: WrappingKeys },
  call: RecordedCall & { readonly space: KeySpace },
  body: JsonObject,
): Promise<Answer> {
  const { space } = call
  const algorithm = knownAlgorithm(keyTypeOf(body))
  if (isImport(body)) requireImportable(algorithm)
  const imported = importOf(body)
  const attributes = attributesFrom(body, imported)
  const material = imported && (await openImport(wrappingKeys, space, { algorithm, ...imported }))
  const now = clock.now()
  const answer = await keyring.create(
    {
      ...space,
      id: newIdentity('kms'),
      uniqueName: slugOf(attributes.name),
      algorithm: algorithm.name,
      status: 'active',
      revision: 1,
      createdAt: now,
      rotateAt: nextRotation(now, attributes),
      attributes,
    },
    answered(call, 201),
    material,
  )
  if (!answer) throw new ApiError(409, 'a kms key with this slug already exists')
  return answer
}
