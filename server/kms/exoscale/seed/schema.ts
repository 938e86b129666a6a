/** Schema of the part `exoscale` of a seed, with the API's names: an answer of the API can be pasted as a key. */
import * as z from 'zod'
import { DEFAULT_KEY_SPEC, keySpecNames, usages } from '../../../../src/clouds/exoscale/key-specs.ts'
import { defaultZone, keyStatuses, limits, zones } from '../../../../src/clouds/exoscale/rules.ts'
import { ruleError, text } from '../../field-rules.ts'
import { flag, instant, integer, keyMaterial, listOf, MOST, oneOf, secret } from '../../seed/fields.ts'
import { currencies } from '../iam/organisation.ts'
import { StrictPolicy } from '../iam/policy.ts'
import { StrictRole } from '../iam/roles.ts'
import { uuid } from '../validation.ts'

const zone = oneOf(zones.map(({ name }) => name))

const Organization = z.strictObject({
  /** UUID; derived from the name if absent. */
  id: uuid.optional(),
  name: text({ min: 1, max: 255 }).default('Local organisation'),
  currency: oneOf(currencies).default('CHF'),
})

const Role = StrictRole.extend({
  /** UUID; derived from the name if absent. */
  id: uuid.optional(),
  'created-at': instant.optional(),
})

const ApiKey = z.strictObject({
  name: text(limits.apiKeyName),
  key: secret(/^EXO[0-9A-Za-z]{1,60}$/, 'must be EXO and up to 60 letters and digits'),
  secret: secret(/^[\x21-\x7e]{8,255}$/, 'must have 8 to 255 characters, no blanks'),
  'role-id': uuid.optional(),
  /** Name of a role, in place of its id; `Owner` if both are absent. */
  role: z.string(ruleError('must be the name of a role')).optional(),
  'created-at': instant.optional(),
})

const Version = z.strictObject({
  /** Position in the list, from 1. */
  version: integer(1, MOST.versions).optional(),
  'created-at': instant.optional(),
  /** Made by automatic rotation. */
  automatic: flag.optional(),
  /** Raw key as base64 or `hex:` and digits, private key as PEM or base64; derived from the key's id if absent. */
  'key-material': keyMaterial.optional(),
})

const Rotation = z.strictObject({
  automatic: flag.default(false),
  /** Days. */
  'rotation-period': integer(limits.rotationPeriod.min, limits.rotationPeriod.max).default(
    limits.rotationPeriod.default,
  ),
  /** Default: one period after the newest version. */
  'next-at': instant.optional(),
  'manual-count': integer(0, limits.manualRotations).optional(),
})

const KmsKey = z.strictObject({
  /** UUID; derived from zone and name if absent. */
  id: uuid.optional(),
  name: text(limits.name),
  description: text({ min: 0, ...limits.description }).optional(),
  usage: oneOf(usages).default('encrypt-decrypt'),
  /** The specification must have the usage. All but `AES_256` have one version and never rotate. */
  'key-spec': oneOf(keySpecNames).default(DEFAULT_KEY_SPEC),
  source: z.literal('exoscale-kms', ruleError('must be exoscale-kms')).optional(),
  policy: z.literal('', ruleError('must be empty')).optional(),
  /** Zone of the primary. */
  'origin-zone': zone.default(defaultZone),
  /** Default: whether the key has replicas. */
  'multi-zone': flag.optional(),
  /** Zones with an up-to-date replica, which has the key's status. */
  replicas: listOf(zone, zones.length).default([]),
  status: oneOf(keyStatuses).default('enabled'),
  'status-since': instant.optional(),
  /** Time of destruction; for the status `pending-deletion`. */
  'delete-at': instant.optional(),
  'created-at': instant.optional(),
  revision: z.strictObject({ seq: integer(1, 1_000_000).optional(), at: instant.optional() }).optional(),
  /** Off by default, so that a seed gives the same keys at any time. */
  rotation: Rotation.prefault({}),
  /** Number of the newest version if `versions` is absent. */
  material: z
    .strictObject({
      version: integer(1, MOST.versions),
      'created-at': instant.optional(),
      automatic: flag.optional(),
    })
    .optional(),
  /** Oldest first; default: one version with derived material. */
  versions: listOf(Version, MOST.versions).min(1, ruleError('must have at least one entry')).optional(),
  /** Ignored member of the API's answers. */
  'replicas-status': z.unknown().optional(),
})
export type ExoscaleKey = z.output<typeof KmsKey>

export const Exoscale = z.strictObject({
  organization: Organization.optional(),
  /** Replace the example role of a first start; the provider's roles always exist. */
  'iam-roles': listOf(Role, MOST.roles).optional(),
  'api-keys': listOf(ApiKey, MOST.credentials).default([]),
  'iam-organization-policy': StrictPolicy.optional(),
  'kms-keys': listOf(KmsKey, MOST.keys).default([]),
})
export type ExoscaleSeed = z.output<typeof Exoscale>
export type ExoscaleInput = z.input<typeof Exoscale>
