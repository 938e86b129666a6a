import * as z from 'zod/mini'
import { algorithmNamed } from '../algorithms.ts'
import { List, type Listed, readItems } from '../answer.ts'
import type { Cloud } from '../cloud.ts'
import { CallError } from '../errors.ts'
import { type Call, send } from '../http.ts'
import { addressOf, type KmsKey as Key, type KeyAddress, type Location } from '../model.ts'
import { dayPresets } from '../period.ts'
import { keysPath, transport } from './connection.ts'
import { hashesOf } from './hashes.ts'
import { KeyAnswer, keyReader, readKey, readVersions } from './read.ts'
import { DEFAULT_WRAPPING_HASH, keyTypes, limits, slugOf, wrappedSize, wrappingHashes } from './rules.ts'
import { statuses } from './statuses.ts'
import { Project, PublicKeys, Region, Summary } from './wire.ts'

const getKey = ({ location, key, project }: KeyAddress, signal?: AbortSignal) =>
  send(
    transport,
    { method: 'GET', path: `${keysPath(location)}/${encodeURIComponent(key)}`, project },
    KeyAnswer,
    signal,
  )

/** The summary also counts keys, which the console does itself. */
const SummaryAnswer = z.extend(Summary, { regions: z.optional(List) })
const regionReader = {
  schema: z.pick(Region, { slug: true, name: true, kmsAvailable: true }),
  id: 'slug',
  name: 'name',
  read: (region: Pick<Region, 'slug' | 'name' | 'kmsAvailable'>): Location => ({
    cloud: 'thalassa',
    id: region.slug,
    ...(region.name === region.slug ? {} : { label: region.name }),
    available: region.kmsAvailable,
    ...(region.kmsAvailable ? {} : { reason: `KMS is not available in ${region.slug}.` }),
  }),
}

const projectReader = {
  schema: Project,
  id: 'identity',
  name: 'name',
  read: ({ identity, name, slug }: z.output<typeof Project>) => ({ id: identity, name, slug }),
}

export const publicKeysCall = (key: Key): Call => ({
  method: 'GET',
  path: `${keysPath(key.location)}/${encodeURIComponent(key.id)}/public-key`,
  project: key.project,
})

export const thalassa: Cloud = {
  id: 'thalassa',
  name: 'Thalassa',
  longName: 'Thalassa Cloud',
  mark: 'M1 4c1.7 0 1.7-1.3 3.4-1.3S6.1 4 7.8 4 9.5 2.7 11 2.7M1 7.2c1.7 0 1.7-1.3 3.4-1.3s1.7 1.3 3.4 1.3S9.5 5.9 11 5.9M1 10.4c1.7 0 1.7-1.3 3.4-1.3s1.7 1.3 3.4 1.3 1.7-1.3 3.2-1.3',
  capabilities: {
    locationNoun: 'region',
    reportsAvailability: true,
    name: limits.name,
    description: limits.description,
    labels: limits.labels,
    statuses,
    localKms: true,
    exportAllowance: true,
    multiZone: false,
    slugOf,
    algorithms: keyTypes,
    typeOf: ({ name }) => name,
    rotationPeriod: { ...limits.rotationPeriod, unit: 'days', default: 90, presets: dayPresets },
    rotationPeriodStart: 'latest-version',
    rotatesFromCreation: false,
    deletionDelay: { min: limits.deletionWindow, max: limits.deletionWindow, default: limits.deletionWindow },
    chooseVersion: true,
    ciphertextPrefix: 'thalassa:v1:',
    plaintext: (key) => ({
      min: limits.plaintext.min,
      max: algorithmNamed(key.type)?.maxPlaintext ?? limits.plaintext.max,
    }),
    messages: { hashLabel: 'Hash algorithm', verifiesDigests: false, size: limits.input, hashes: hashesOf },
    afterCancelledDeletion: 'active',
    imports: { hashes: wrappingHashes, defaultHash: DEFAULT_WRAPPING_HASH, wrappedSize },
    rotationNotes: [
      'Thalassa checks for due keys once an hour: a rotation can be up to an hour late.',
      'Every version is kept and may be billed.',
    ],
    exportNote: 'Anyone who can encrypt with this key can export it.',
    dependents: 'Secrets in Secrets Manager that are bound to it can’t be read',
    forbiddenAnswersNotFound: true,
  },

  async locations(_connection, signal) {
    const summary = await send(transport, { method: 'GET', path: '/v1/kms/summary' }, SummaryAnswer, signal)
    if (!summary.featureEnabled)
      throw new CallError({
        cloud: 'thalassa',
        // A 403 can have the same cause, and gets the same text.
        ...(await transport.readError(403, { message: 'kms is not enabled for this organisation' })),
        method: 'GET',
        path: '/v1/kms/summary',
        status: 200,
      })
    const { items, unreadable } = readItems(summary.regions, regionReader)
    return [
      ...items,
      ...unreadable.map(({ id, name, reason }) => ({
        cloud: 'thalassa',
        id: id ?? name ?? 'unknown region',
        available: false,
        reason: `It can’t be read: ${reason}`,
      })),
    ]
  },

  async projects(signal) {
    return readItems(await send(transport, { method: 'GET', path: '/v1/projects' }, List, signal), projectReader)
  },

  async keys({ location, project }, signal) {
    const call: Call = { method: 'GET', path: keysPath(location), project }
    const schema = z.pipe(
      List,
      z.transform((keys): Listed<Key> => readItems(keys, keyReader(location, project))),
    )
    return send(transport, call, schema, signal, async (bytes) =>
      (await import('./key-list.ts')).readKeyList(bytes, location, project, signal),
    )
  },

  key: async (address, signal) => readKey(await getKey(address, signal), address.location, address.project),

  versions: async (key, signal) => readVersions(await getKey(addressOf(key), signal)),

  // Needed in the wizard only, as is the wrapping key.
  create: async (key) => (await import('./create.ts')).create(key),

  async publicKeys(key, signal) {
    const { keys } = await send(transport, publicKeysCall(key), PublicKeys, signal)
    return new Map(Object.entries(keys).map(([version, text]) => [Number(version), text]))
  },

  async verifyOffline(key, publicKeys, input) {
    const { verifyOffline } = await import('./offline.ts')
    return verifyOffline(key, publicKeys, input)
  },

  wrappingKey: async (region, signal) => (await import('./create.ts')).wrappingKey(region, signal),

  audit: async (query, signal) => (await import('./audit.ts')).audit(query, signal),
  caller: async (signal) => (await import('./audit.ts')).caller(signal),

  activityVocabulary: async () => (await import('./activity-vocabulary.ts')).activityVocabulary,
  ciphertextFormat: async () => (await import('./ciphertext-format.ts')).ciphertextFormat,

  // Needed on one screen only.
  connectionCheck: async () => (await import('./connection-check.ts')).connectionCheck,
  keyAccess: async () => (await import('./key-access.ts')).keyAccess,
}
