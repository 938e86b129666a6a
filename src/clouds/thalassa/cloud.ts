import { algorithmNamed, algorithms } from '../algorithms.ts'
import type { Cloud, NewKey } from '../cloud.ts'
import { CallError } from '../errors.ts'
import { type Call, send } from '../http.ts'
import { audit } from './audit.ts'
import { wire } from './connection.ts'
import { operations } from './operations.ts'
import { readKey, readVersions } from './read.ts'
import { limits, slugOf } from './rules.ts'
import { createCli, createGo, curl, terraform } from './snippets.ts'
import { type CreateKeyRequest, KeyList, KmsKey, PublicKeys, Summary, WrappingKey } from './wire.ts'

const keysPath = (region: string) => `/v1/kms/${encodeURIComponent(region)}/keys`

const getKey = (region: string, id: string, signal?: AbortSignal) =>
  send(wire, { method: 'GET', path: `${keysPath(region)}/${encodeURIComponent(id)}` }, KmsKey, signal)

function createCall(key: NewKey): Call {
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
          ...(key.rotation.periodInDays === undefined ? {} : { rotationPeriodInDays: key.rotation.periodInDays }),
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
  return { method: 'POST', path: keysPath(key.location), body }
}

export const thalassa: Cloud = {
  id: 'thalassa',
  name: 'Thalassa',
  longName: 'Thalassa Cloud',
  traits: {
    locationWord: 'region',
    name: limits.name,
    description: limits.description,
    labels: limits.labels,
    exportAllowance: true,
    multiZone: false,
    slugOf,
    algorithms,
    typeOf: ({ name }) => name,
    rotationPeriod: { ...limits.rotationPeriod, default: 90 },
    periodCountsFrom: 'latest-version',
    rotatesFromCreation: false,
    deletionDelay: { min: limits.deletionWindow, max: limits.deletionWindow, default: limits.deletionWindow },
    chooseVersion: true,
    ciphertextStart: 'thalassa:v1:',
    plaintext: (key) => ({
      min: limits.plaintext.min,
      max: algorithmNamed(key.type)?.maxPlaintext ?? limits.plaintext.max,
    }),
    afterCancelledDeletion: 'active',
    rotationNotes: [
      'Thalassa looks for due keys once an hour, so a rotation can be up to an hour late.',
      'Every version is kept and may be billed.',
    ],
  },

  async locations(_connection, signal) {
    const summary = await send(wire, { method: 'GET', path: '/v1/kms/summary' }, Summary, signal)
    if (!summary.featureEnabled)
      throw new CallError({
        cloud: 'thalassa',
        reason: 'feature-off',
        message: 'KMS is not enabled for this organisation.',
        advice: 'Ask Thalassa to enable it.',
        method: 'GET',
        path: '/v1/kms/summary',
        status: 200,
      })
    return (summary.regions ?? []).map((region) => ({
      cloud: 'thalassa',
      id: region.slug,
      ...(region.name === region.slug ? {} : { label: region.name }),
      available: region.kmsAvailable,
      ...(region.kmsAvailable ? {} : { reason: `KMS is not available in ${region.slug}.` }),
    }))
  },

  async keys(region, signal) {
    const keys = await send(wire, { method: 'GET', path: keysPath(region) }, KeyList, signal)
    return (keys ?? []).map((key) => readKey(key, region))
  },

  key: async ({ location, key }, signal) => readKey(await getKey(location, key, signal), location),

  versions: async (key, signal) => readVersions(await getKey(key.location, key.id, signal)),

  async create(key) {
    const created = await send(wire, createCall(key), KmsKey)
    return { key: readKey(created, key.location) }
  },

  createCode: (key) => [
    curl(createCall(key), key.project),
    createCli(key.location, key),
    terraform(key.location, key),
    createGo(key.location, key),
  ],

  async publicKeys(key, signal) {
    const path = `${keysPath(key.location)}/${encodeURIComponent(key.id)}/public-key`
    const { keys } = await send(wire, { method: 'GET', path }, PublicKeys, signal)
    return new Map(Object.entries(keys).map(([version, text]) => [Number(version), text]))
  },

  async wrappingKey(region, signal) {
    const path = `/v1/kms/${encodeURIComponent(region)}/wrapping-key`
    return (await send(wire, { method: 'GET', path }, WrappingKey, signal)).publicKey
  },

  audit,

  operations,
}
