/** Schema of the part `thalassa` of a seed, with the API's names: an answer of the API can be pasted as a key. */
import * as z from 'zod'
import { keyStatuses, keyTypes, limits, slugOf } from '../../../../src/clouds/thalassa/rules.ts'
import { ruleError, text } from '../../field-rules.ts'
import { flag, instant, integer, keyMaterial, listOf, MOST, oneOf, secret } from '../../seed/fields.ts'
import { scopes, tokenRoles } from '../authentication-credentials.ts'
import { policyNames } from '../permissions.ts'
import { regions } from '../regions.ts'

const identity = (prefix: string) => {
  const rule = `must be ${prefix}- and up to 64 small letters, digits and dashes`
  return z
    .string(ruleError(rule))
    .regex(new RegExp(`^${prefix}-(?=.{1,64}$)[0-9a-z]+(?:-[0-9a-z]+)*$`), ruleError(rule))
}

const slugRule = ruleError(`must be up to ${limits.slug} small letters and digits, with single dashes between them`)
const slug = z
  .string(slugRule)
  .max(limits.slug, slugRule)
  .regex(/^[0-9a-z]+(?:-[0-9a-z]+)*$/, slugRule)

const name = text(limits.name)
const texts = (what: string) =>
  z
    .record(z.string(), text({ min: 0, max: limits.labels.value }), ruleError('must be an object of strings'))
    .refine(
      (map) =>
        Object.keys(map).length <= limits.labels.count &&
        Object.keys(map).every((key) => key !== '' && [...key].length <= limits.labels.key),
      ruleError(`must have at most ${limits.labels.count} ${what} with names of 1 to ${limits.labels.key} characters`),
    )

const kmsRegions = regions.filter(({ kmsAvailable }) => kmsAvailable).map(({ slug }) => slug)
const keyTypeNames = keyTypes.map(({ name }) => name)

const Organisation = z.strictObject({
  /** `o-…`; derived from the slug if absent. */
  identity: identity('o').optional(),
  slug: slug.default('local'),
  name: name.default('Local organisation'),
  createdAt: instant.optional(),
})

const Project = z.strictObject({
  /** `prj-…`; derived from the slug if absent. */
  identity: identity('prj').optional(),
  name,
  /** Derived from the name if absent. */
  slug: slug.optional(),
  description: text({ min: 0, ...limits.description }).default(''),
  /** Slug of the parent project. */
  parent: slug.optional(),
  createdAt: instant.optional(),
})

const rights = {
  /** Holder, for the audit log. */
  name,
  /** Policies in place of those of its role. */
  policies: listOf(oneOf(policyNames), policyNames.length).optional(),
  scopes: listOf(oneOf(scopes), scopes.length).default([...scopes]),
  createdAt: instant.optional(),
}

const Token = z.strictObject({
  ...rights,
  /** Personal access token. */
  token: secret(/^[\x21-\x7e]{8,255}$/, 'must have 8 to 255 characters, no blanks'),
  /** `pat-…`; derived from the name if absent. */
  identity: identity('pat').optional(),
  /** Role; its first token is printed at start. */
  role: oneOf(tokenRoles).optional(),
})

const Client = z.strictObject({
  ...rights,
  clientId: secret(/^[A-Za-z0-9._-]{1,128}$/, 'must have 1 to 128 letters, digits, dots, dashes and underscores'),
  clientSecret: secret(/^[\x21-\x7e]{8,255}$/, 'must have 8 to 255 characters, no blanks'),
  /** Identity or slug of the project that its access tokens are bound to. */
  project: z.string(ruleError('must be the identity or the slug of a project')).optional(),
})

const Version = z.strictObject({
  /** Position in the list, from 1. */
  version: integer(1, MOST.versions).optional(),
  status: z.literal('active', ruleError('must be active')).optional(),
  createdAt: instant.optional(),
  /** Made by automatic rotation. */
  automatic: flag.optional(),
  /** Material as exported (base64 or PEM), or `hex:` and hex digits; derived from the key's id if absent. */
  keyMaterial: keyMaterial.optional(),
})

const Key = z.strictObject({
  /** `kms-…`; derived from region, project and slug if absent. */
  identity: identity('kms').optional(),
  region: oneOf(kmsRegions).default('nl-01'),
  /** Identity or slug of its project; absent for a key of the organisation. */
  projectId: z.string(ruleError('must be the identity or the slug of a project')).optional(),
  name: name.refine((given) => slugOf(given) !== '', ruleError('must contain a letter a-z or a digit')),
  /** Derived from the name if absent. */
  slug: slug.optional(),
  keyType: oneOf(keyTypeNames).default('aes256-gcm96'),
  description: text({ min: 0, ...limits.description }).default(''),
  labels: texts('labels').default({}),
  annotations: texts('annotations').default({}),
  exportAllowed: flag.default(false),
  /** True for imported keys. */
  imported: flag.optional(),
  /** Whether an imported key can be rotated. */
  allowRotation: flag.optional(),
  keyRotationEnabled: flag.default(false),
  rotationPeriodInDays: integer(limits.rotationPeriod.min, limits.rotationPeriod.max).optional(),
  status: oneOf(keyStatuses).default('active'),
  /** Time of destruction; for the status `pending_deletion`. */
  deletionScheduledAt: instant.optional(),
  createdAt: instant.optional(),
  updatedAt: instant.optional(),
  objectVersion: integer(1, 1_000_000).optional(),
  /** Number of versions if `versions` is absent. */
  latestVersion: integer(1, MOST.versions).optional(),
  minDecryptionVersion: z.literal(1, ruleError('must be 1')).optional(),
  /** Oldest first; default: one version with derived material. */
  versions: listOf(Version, MOST.versions).min(1, ruleError('must have at least one entry')).optional(),
})
export type ThalassaKey = z.output<typeof Key>

export const Thalassa = z.strictObject({
  organisation: Organisation.optional(),
  /** Projects in place of those of a first start. */
  projects: listOf(Project, MOST.projects).optional(),
  /** Personal access tokens. */
  tokens: listOf(Token, MOST.credentials).default([]),
  /** Access credentials of service accounts. */
  clients: listOf(Client, MOST.credentials).default([]),
  keys: listOf(Key, MOST.keys).default([]),
})
export type ThalassaSeed = z.output<typeof Thalassa>
export type ThalassaInput = z.input<typeof Thalassa>
