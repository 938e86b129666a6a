import * as z from 'zod/mini'
import { loadOnce } from '../../lib/load-once.ts'
import { List, readItems } from '../answer.ts'
import type { HashChoice } from '../capabilities.ts'
import type { Cloud } from '../cloud.ts'
import { type Call, send } from '../http.ts'
import { dayPresets } from '../period.ts'
import { refusedByStatus } from '../refusals.ts'
import { keyPath, transportOf } from './connection.ts'
import { DEFAULT_KEY_NAME } from './default-key.ts'
import { getKey } from './get-key.ts'
import {
  DEFAULT_KEY_SPEC,
  isKeySpec,
  isRsa,
  keySpecOf,
  keySpecs,
  maxPlaintextOf,
  offeredAlgorithms,
  type SigningAlgorithm,
  type SigningAlgorithmName,
  signingAlgorithms,
  signingAlgorithmsOf,
} from './key-specs.ts'
import { algorithmsIn } from './offer.ts'
import { keyReader, RotationsAnswer, readVersions } from './read.ts'
import { dataKeySpecs, EXTERNAL_KEY_ID, limits, zones } from './rules.ts'
import { statuses } from './statuses.ts'

const KeysAnswer = z.object({ 'kms-keys': List })

const cities: ReadonlyMap<string, string> = new Map(zones.map(({ name, city }) => [name, city]))

const hashChoiceOf = (name: SigningAlgorithmName): HashChoice => {
  const { digest }: SigningAlgorithm = signingAlgorithms[name]
  return { name, ...(digest === undefined ? {} : { bytes: digest }) }
}

export const exoscale: Cloud = {
  id: 'exoscale',
  name: 'Exoscale',
  longName: 'Exoscale',
  mark: 'M6 1.2 10.3 3.6v4.8L6 10.8 1.7 8.4V3.6zM1.9 3.7 6 6l4.1-2.3M6 6v4.6',
  capabilities: {
    locationNoun: 'zone',
    reportsAvailability: false,
    name: limits.name,
    description: limits.description,
    managedKeyName: DEFAULT_KEY_NAME,
    statuses,
    localKms: true,
    exportAllowance: false,
    multiZone: true,
    algorithms: offeredAlgorithms,
    algorithmsIn,
    typeOf: ({ name }) => keySpecOf(name) ?? name,
    rotates: ({ name }) => keySpecOf(name) === DEFAULT_KEY_SPEC,
    rotationPeriod: { ...limits.rotationPeriod, unit: 'days', presets: dayPresets },
    rotationPeriodStart: 'saving',
    rotatesFromCreation: true,
    deletionDelay: limits.deletionDelay,
    manualRotationLimit: limits.manualRotations,
    chooseVersion: false,
    encryptionContext: ({ type }) => (isRsa(type) ? undefined : limits.encryptionContext),
    plaintext: ({ type, external }) => (external ? limits.externalPlaintext : { min: 0, max: maxPlaintextOf(type) }),
    messages: {
      hashLabel: 'Signing algorithm',
      verifiesDigests: true,
      size: limits.message,
      hashes: ({ type }) => (isKeySpec(type) ? signingAlgorithmsOf(type).map(hashChoiceOf) : []),
    },
    dataKey: { spec: 'AES-256', standard: dataKeySpecs['AES-256'], sizes: limits.dataKey },
    afterCancelledDeletion: 'disabled',
    rotationNotes: [
      'The period can’t change while rotation is on: saving switches it off and on again.',
      'A manual rotation leaves the next automatic date as it is.',
    ],
    externalKeys: {
      allows: ({ name }) => name === keySpecs[DEFAULT_KEY_SPEC],
      id: { regex: EXTERNAL_KEY_ID, description: 'Up to 128 letters, digits and . _ -' },
    },
    forbiddenAnswersNotFound: false,
  },

  locations: async (connection) =>
    (connection.zones ?? []).map((id) => {
      const city = cities.get(id)
      return { cloud: 'exoscale', id, ...(city === undefined ? {} : { label: city }), available: true }
    }),

  async keys({ location: zone }, signal) {
    const answer = await send(transportOf(zone), { method: 'GET', path: '/v2/kms-key' }, KeysAnswer, signal)
    return readItems(answer['kms-keys'], keyReader(zone))
  },

  key: ({ location, key }, signal) => getKey(location, key, signal),

  async versions(key, signal) {
    const call: Call = { method: 'GET', path: keyPath(key.id, '/list-key-rotations') }
    return readVersions(await send(transportOf(key.location), call, RotationsAnswer, signal), key)
  },

  // Not needed by the first screen.
  create: async (wanted) => (await import('./create.ts')).create(wanted),
  audit: async (query, signal) => (await import('./audit.ts')).audit(query, signal),

  publicKeys: async (key, signal) => (await import('./public-keys.ts')).publicKeys(key, signal),
  // Its answer to other statuses is the refusal of every use.
  publicKeyRefusal: (key) => refusedByStatus(statuses, key, 'verify'),

  verifyOffline: async (...asked) => (await import('./offline.ts')).verifyOffline(...asked),

  activityVocabulary: async () => (await import('./activity-vocabulary.ts')).activityVocabulary,
  ciphertextFormat: async () => (await import('./ciphertext-format.ts')).ciphertextFormat,

  // Needed on one screen only.
  connectionCheck: async () => (await import('./connection-check.ts')).connectionCheck,
  keyAccess: async () => (await import('./key-access.ts')).keyAccess,

  iam: loadOnce(async () => (await import('./iam.ts')).iam),
  keyStores: loadOnce(async () => (await import('./key-stores.ts')).keyStores),
}
