import { type AlgorithmName, algorithms, isAlgorithmName } from '../../../src/clouds/algorithms.ts'
import { limits, slugOf } from '../../../src/clouds/thalassa/rules.ts'
import type { CloudParts } from '../cloud.ts'
import type { KeySpace } from '../engine/store.ts'
import { type Answer, ApiError } from './errors.ts'
import { newIdentity } from './identity.ts'
import { type KeyAttributes, keyAnswer, nextRotation } from './keys.ts'
import {
  characters,
  type JsonObject,
  optionalFlag,
  optionalText,
  requiredText,
  rotationPeriod,
  stringMap,
} from './validation.ts'

const DEFAULT_KEY_TYPE: AlgorithmName = 'aes256-gcm96'

function keyTypeOf(body: JsonObject): AlgorithmName {
  const keyType = optionalText(body, 'keyType') ?? DEFAULT_KEY_TYPE
  if (!isAlgorithmName(keyType))
    throw new ApiError(400, `keyType must be one of ${algorithms.map(({ name }) => name).join(', ')}`)
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

function attributesFrom(body: JsonObject): KeyAttributes {
  const period = rotationPeriod(body)
  const keyRotationEnabled = optionalFlag(body, 'keyRotationEnabled') ?? false
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
  }
}

/** Makes a key with its first version; 409 where the slug is taken, by a key that is pending deletion too. */
export async function createKey(
  { keyring, clock }: Pick<CloudParts, 'keyring' | 'clock'>,
  space: KeySpace,
  body: JsonObject,
): Promise<Answer> {
  const algorithm = keyTypeOf(body)
  const attributes = attributesFrom(body)
  if (optionalText(body, 'importKeyMaterial'))
    throw new ApiError(400, 'importKeyMaterial: key import is not available in this build of the local KMS')
  const key = await keyring.create({
    ...space,
    id: newIdentity('kms'),
    handle: slugOf(attributes.name),
    algorithm,
    status: 'active',
    revision: 1,
    rotateAt: nextRotation(clock.now(), attributes),
    attributes,
  })
  if (!key) throw new ApiError(409, 'a kms key with this slug already exists')
  return keyAnswer(keyring, key, 201)
}
