import * as z from 'zod/mini'
import { List, readItems } from '../answer.ts'
import type { HashChoice } from '../capabilities.ts'
import type { Cloud, NewKey } from '../cloud.ts'
import { detailsOf } from '../errors.ts'
import { type Call, send } from '../http.ts'
import { dayPresets } from '../period.ts'
import { refusedByStatus } from '../refusals.ts'
import { transportOf } from './connection.ts'
import { DEFAULT_KEY_NAME } from './default-key.ts'
import {
  DEFAULT_KEY_SPEC,
  isKeySpec,
  isRsa,
  keySpecOf,
  maxPlaintextOf,
  offeredAlgorithms,
  type SigningAlgorithm,
  type SigningAlgorithmName,
  signingAlgorithms,
  signingAlgorithmsOf,
} from './key-specs.ts'
import { algorithmsIn } from './offer.ts'
import { keyPath, operations } from './operations.ts'
import { keyReader, RotationsAnswer, readKey, readVersions } from './read.ts'
import { dataKeySpecs, limits, zones } from './rules.ts'
import { statuses } from './statuses.ts'
import { CreatedKey, type CreateKeyRequest, KmsKey, PublicKeyAnswer } from './wire.ts'

const KeysAnswer = z.object({ 'kms-keys': List })

const cities: ReadonlyMap<string, string> = new Map(zones.map(({ name, city }) => [name, city]))

const getKey = async (zone: string, id: string, signal?: AbortSignal) =>
  readKey(await send(transportOf(zone), { method: 'GET', path: keyPath(id) }, KmsKey, signal), zone)

const hashChoiceOf = (name: SigningAlgorithmName): HashChoice => {
  const { digest }: SigningAlgorithm = signingAlgorithms[name]
  return { name, ...(digest === undefined ? {} : { bytes: digest }) }
}

export const createRequest = (key: NewKey): CreateKeyRequest => ({
  name: key.name,
  ...(key.description ? { description: key.description } : {}),
  usage: key.purpose === 'sign' ? 'sign-verify' : 'encrypt-decrypt',
  // The default is left out, since older SDKs have no such member.
  ...(isKeySpec(key.type) && key.type !== DEFAULT_KEY_SPEC ? { 'key-spec': key.type } : {}),
  'multi-zone': key.multiZone,
})

export const createCall = (key: NewKey): Call => ({ method: 'POST', path: '/v2/kms-key', body: createRequest(key) })

export const publicKeyCall = (id: string): Call => ({ method: 'GET', path: keyPath(id, '/get-public-key') })

/** PEM (RFC 7468) of base64. */
const toPem = (der: string) =>
  `-----BEGIN PUBLIC KEY-----\n${der.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END PUBLIC KEY-----\n`

const rotates = (spec: string) => spec === DEFAULT_KEY_SPEC

/** Whether nothing is left to set after the creation: a key that rotates has the usual settings then. */
export const isDefaultRotation = ({ type, rotation: { automatic, period } }: NewKey) =>
  !rotates(type) || (automatic && (period === undefined || period.value === limits.rotationPeriod.default))

/** Services that know no key specifications ignore that of a new key. */
const otherType = (made: string, { type: wanted, location }: NewKey) =>
  made === wanted
    ? undefined
    : `${location} does not know ${wanted} and created an ${made} key. Schedule its deletion, or use it as it is.`

type Access = NonNullable<Cloud['iam']>
let access: ReturnType<Access> | undefined

/** Loaded on first use. */
const fetchAccess: Access = () => {
  access ??= import('./iam.ts').then(
    (module) => module.iam,
    (error: unknown) => {
      // Allows another attempt after a failure.
      access = undefined
      throw error
    },
  )
  return access
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
    rotates: ({ name }) => rotates(keySpecOf(name) ?? name),
    rotationPeriod: { ...limits.rotationPeriod, unit: 'days', presets: dayPresets },
    rotationPeriodStart: 'saving',
    rotatesFromCreation: true,
    deletionDelay: limits.deletionDelay,
    manualRotationLimit: limits.manualRotations,
    chooseVersion: false,
    encryptionContext: ({ type }) => (isRsa(type) ? undefined : limits.encryptionContext),
    plaintext: ({ type }) => ({
      min: 0,
      max: (isRsa(type) ? maxPlaintextOf(type) : undefined) ?? limits.plaintext.max,
    }),
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

  /** Creates a key, then sets its rotation: create accepts no rotation settings and returns neither material nor rotation. */
  async create(wanted) {
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
  },

  // Not needed by the first screen.
  audit: async (query, signal) => (await import('./audit.ts')).audit(query, signal),

  /** One version: only symmetric keys rotate. */
  async publicKeys(key, signal) {
    const transport = transportOf(key.location)
    const { 'public-key': der } = await send(transport, publicKeyCall(key.id), PublicKeyAnswer, signal)
    return new Map(der === undefined ? [] : [[1, toPem(der)]])
  },

  // Its answer to other statuses is the refusal of every use.
  publicKeyRefusal: (key) => refusedByStatus(statuses, key, 'verify'),

  async verifyOffline(key, publicKeys, input) {
    const { verifyOffline } = await import('./offline.ts')
    return verifyOffline(key, publicKeys, input)
  },

  operations,
  activityVocabulary: async () => (await import('./activity-vocabulary.ts')).activityVocabulary,
  ciphertextFormat: async () => (await import('./ciphertext-format.ts')).ciphertextFormat,

  // Needed on one screen only.
  connectionCheck: async () => (await import('./connection-check.ts')).connectionCheck,

  iam: fetchAccess,
}
