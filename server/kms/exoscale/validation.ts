import * as z from 'zod'
import { canonicalId, isUuid, UUID } from '../../../src/clouds/exoscale/evaluation/facts.ts'
import {
  DEFAULT_KEY_SPEC,
  type EncryptionAlgorithm,
  encryptionAlgorithms,
  isUsageOf,
  type KeySpec,
  keySpecNames,
  signingAlgorithmNames,
  sources,
  specsFor,
  type Usage,
  usages,
} from '../../../src/clouds/exoscale/key-specs.ts'
import { type ApiRevision, includes } from '../../../src/clouds/exoscale/revisions.ts'
import { dataKeySpecs, EXTERNAL_KEY_ID, limits } from '../../../src/clouds/exoscale/rules.ts'
import { fromBase64, isObject, parseJson, ruleError, text } from '../field-rules.ts'
import { decoded } from '../routes.ts'
import type { ExternalReference } from './keys.ts'
import { Problem, type Violation } from './problems.ts'

type Members = Readonly<Record<string, unknown>>

/** Body of a request as sent. */
export interface Content {
  readonly bytes: Uint8Array
  /** `Content-Type` header; undefined for none, which counts as JSON. */
  readonly type: string | undefined
  /**
   * Members of the body, none of an absent one; a Problem for anything but a JSON object. Operations, policies and the log
   * all take them from here, so that they see the same values.
   */
  readonly members: Members | Problem
}

const integer = ({ min, max }: { min: number; max: number }) => {
  const rule = ruleError(`must be an integer from ${min} to ${max}`)
  return z.number(rule).refine((value) => Number.isInteger(value) && value >= min && value <= max, rule)
}

function bytes({ min = 0, max }: { min?: number; max: number }) {
  const encoding = 'must be base64 in the standard alphabet, with padding'
  return z.string(ruleError(encoding)).transform((value, { issues }) => {
    const decoded = fromBase64(value)
    if (decoded && decoded.length >= min && decoded.length <= max) return decoded
    const size = decoded && decoded.length > max ? `must be at most ${max} bytes` : `must be at least ${min} byte`
    issues.push({ code: 'custom', message: decoded ? size : encoding, input: value })
    return z.NEVER
  })
}

const encryptionContext = bytes(limits.encryptionContext).nullish()

const uuidRule = ruleError('must be a UUID')
export const uuid = z.string(uuidRule).regex(UUID, uuidRule).transform(canonicalId)

const anObject = ruleError('must be an object')

export const object = <T extends z.core.$ZodLooseShape>(members: T) => z.object(members, anObject)

/** Members with names that callers choose, except `__proto__`, which `z.record` would silently drop. */
export const namedMembers = <T extends z.ZodType>(member: T) =>
  z
    .unknown()
    .superRefine((value, context) => {
      if (typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__'))
        context.addIssue({ code: 'custom', path: ['__proto__'], message: 'must have another name' })
    })
    .pipe(z.record(z.string(), member, anObject))

export const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, ruleError(`must be ${values.length > 1 ? 'one of ' : ''}${values.join(', ')}`))

const externalIdRule = ruleError('must be 1 to 128 characters out of letters, digits and . _ -')

const CreateBody = z.object({
  name: text(limits.name),
  description: z.optional(text({ min: 0, ...limits.description })),
  usage: z.optional(oneOf(usages)),
  'key-spec': z.optional(oneOf(keySpecNames)),
  'multi-zone': z.optional(z.boolean(ruleError('must be true or false'))),
  source: z.optional(oneOf(sources)),
  xks: z.optional(
    object({ 'external-key-id': z.string(externalIdRule).regex(EXTERNAL_KEY_ID, externalIdRule), 'xks-id': uuid }),
  ),
})

const refuse = (member: string, detail: string) =>
  new Problem('bad-request', `${member} ${detail}`, [{ at: [member], detail }])

/** Key behind a store that a new key stands for; undefined for one of the KMS. Throws a Problem if its members do not fit. */
export function externalReferenceOf({
  source = 'exoscale-kms',
  xks,
  'multi-zone': multiZone,
  ...kind
}: z.output<typeof CreateBody>): ExternalReference | undefined {
  if (source === 'exoscale-kms') {
    if (xks) throw refuse('xks', 'can be given only with the source external-key-store')
    return undefined
  }
  if (!xks) throw refuse('xks', 'is required for the source external-key-store')
  if (kindOf(kind).spec !== 'AES_256') throw refuse('key-spec', 'must be AES_256 for a key of an external key store')
  if (multiZone) throw refuse('multi-zone', 'must be false for a key of an external key store')
  return { storeId: xks['xks-id'], externalKeyId: xks['external-key-id'] }
}

/** Usage and specification of a new key. Throws a Problem for a usage that its keys can't have. */
export function kindOf({
  usage = 'encrypt-decrypt',
  'key-spec': spec = DEFAULT_KEY_SPEC,
}: Pick<z.output<typeof CreateBody>, 'usage' | 'key-spec'>): { readonly usage: Usage; readonly spec: KeySpec } {
  if (isUsageOf(spec, usage)) return { usage, spec }
  throw refuse('key-spec', `must be one of ${specsFor(usage).join(', ')} for ${usage}`)
}

export const EnableRotationBody = z.object({ 'rotation-period': z.optional(integer(limits.rotationPeriod)) })

export const ScheduleDeletionBody = z.object({ 'delay-days': z.optional(integer(limits.deletionDelay)) })

const algorithmMember = { 'encryption-algorithm': true } as const
const encryptionAlgorithm = z.optional(oneOf(Object.keys(encryptionAlgorithms) as EncryptionAlgorithm[]))

const EncryptBody = z.object({
  plaintext: bytes(limits.plaintext),
  'encryption-algorithm': encryptionAlgorithm,
  'encryption-context': encryptionContext,
})

const DecryptBody = z.object({
  ciphertext: bytes(limits.ciphertext),
  'encryption-algorithm': encryptionAlgorithm,
  'encryption-context': encryptionContext,
})

const ReEncryptSource = object({ key: uuid, ...DecryptBody.shape })
const ReEncryptDestination = object({
  key: uuid,
  'encryption-algorithm': encryptionAlgorithm,
  'encryption-context': encryptionContext,
})
const ReEncryptBody = z.object({ source: ReEncryptSource, destination: ReEncryptDestination })

interface Bodies {
  readonly create: z.ZodType<z.output<typeof CreateBody>>
  readonly encrypt: z.ZodType<z.output<typeof EncryptBody>>
  readonly decrypt: z.ZodType<z.output<typeof DecryptBody>>
  readonly reEncrypt: z.ZodType<z.output<typeof ReEncryptBody>>
}

const currentBodies: Bodies = {
  create: CreateBody,
  encrypt: EncryptBody,
  decrypt: DecryptBody,
  reEncrypt: ReEncryptBody,
}

/** Without the members and values of November 2026, which are ignored or refused as unknown. */
const olderBodies: Bodies = {
  create: CreateBody.omit({ 'key-spec': true, source: true, xks: true }).extend({
    usage: z.optional(oneOf(['encrypt-decrypt'])),
  }),
  encrypt: EncryptBody.omit(algorithmMember),
  decrypt: DecryptBody.omit(algorithmMember),
  reEncrypt: z.object({
    source: ReEncryptSource.omit(algorithmMember),
    destination: ReEncryptDestination.omit(algorithmMember),
  }),
}

/** Bodies that differ between revisions. */
export const bodiesOf = (revision: ApiRevision): Bodies => (includes(revision, '2026-11') ? currentBodies : olderBodies)

export const SignBody = z.object({
  message: bytes(limits.message),
  'message-type': z.optional(oneOf(['raw', 'digest'])),
  'signing-algorithm': oneOf(signingAlgorithmNames),
})

export const VerifyBody = SignBody.extend({ signature: bytes(limits.signature) })

/** Length in bytes from exactly one of its two spellings. */
export const DataKeyBody = z
  .object({
    'key-spec': z.optional(z.literal('AES-256', ruleError('must be AES-256'))),
    'bytes-count': z.optional(integer(limits.dataKey)),
    'encryption-context': encryptionContext,
  })
  .transform(({ 'key-spec': spec, 'bytes-count': count, 'encryption-context': context }, { issues }) => {
    const length = spec === undefined ? count : count === undefined ? dataKeySpecs[spec] : undefined
    if (length !== undefined) return { length, context }
    const message = spec === undefined ? 'or key-spec is required' : "can't be given together with key-spec"
    issues.push({ code: 'custom', path: ['bytes-count'], message, input: count })
    return z.NEVER
  })

/** Zone as any text: an unknown one is refused later with its own message. */
export const ReplicateBody = z.object({ zone: z.string(ruleError('must be a string')) })

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json *(?:;|$)/i

const invalidBody = (detail: string) => new Problem('request-invalid-body', detail, [{ at: [], detail }])

function membersOf(encoded: Uint8Array): Members | Problem {
  if (encoded.length === 0) return {}
  try {
    const value = parseJson(encoded)
    return isObject(value) ? value : invalidBody('the body must be a JSON object')
  } catch {
    return invalidBody('the body is not JSON')
  }
}

/** @param type the `Content-Type` header */
export function contentOf(bytes: Uint8Array, type?: string): Content {
  let members: Members | Problem | undefined
  return {
    bytes,
    type,
    get members() {
      members ??= membersOf(bytes)
      return members
    },
  }
}

function readObject({ bytes, type, members }: Content): Members {
  if (bytes.length > 0 && type !== undefined && !JSON_TYPE.test(type)) {
    const detail = 'the body must be application/json'
    throw new Problem('request-invalid-content-type', detail, [{ at: [], detail }])
  }
  if (members instanceof Problem) throw members
  return members
}

/**
 * Body by its schema. Throws a Problem that names every wrong or missing member, and for an absent body also where no
 * member is required.
 */
export function readBody<T extends z.ZodType>(schema: T, content: Content): z.output<T> {
  const { success, data, error } = schema.safeParse(readObject(content))
  if (success && content.bytes.length === 0) throw invalidBody('the body is missing; {} stands for the defaults')
  if (success) return data
  const violations = error.issues.map(
    (issue): Violation => ({
      at: issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
      detail: issue.message,
    }),
  )
  const detail = violations.map((violation) => `${violation.at.join('.')} ${violation.detail}`).join('; ')
  throw new Problem('bad-request', detail, violations)
}

/** Key id of a path segment, in lower case. Throws a Problem for anything but a UUID. */
export function readKeyId(segment: string): string {
  const id = decoded(segment)
  if (isUuid(id)) return canonicalId(id)
  const detail = 'does not match the uuid pattern must be a valid RFC 4122 UUID'
  throw new Problem('request-invalid-path-parameters', `id ${detail}`, [{ at: ['id'], detail }])
}
