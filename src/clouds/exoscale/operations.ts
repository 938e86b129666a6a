import * as z from 'zod/mini'
import { toBase64 } from '../../lib/encodings.ts'
import type { Purpose } from '../algorithms.ts'
import type { Operation, Operations } from '../cloud.ts'
import { detailsOf } from '../errors.ts'
import type { Call } from '../http.ts'
import type { KmsKey } from '../model.ts'
import { bytesOfAnswer, type OperationDefinition, operationFactory } from '../operation.ts'
import type { OperationId, OperationInputs } from '../operations.ts'
import { needsPurpose, refusedByStatus as refusedIn } from '../refusals.ts'
import { keyPath, transportOf } from './connection.ts'
import { isDefaultKey, rememberDefaultKey } from './default-key.ts'
import { type EncryptionAlgorithm, isKeySpec, isRsa, signingAlgorithmsOf } from './key-specs.ts'
import { rotationCalls, setRotation } from './rotation.ts'
import { defaultZone, limits } from './rules.ts'
import { statuses } from './statuses.ts'
import {
  DataKeyAnswer,
  DecryptAnswer,
  EncryptAnswer,
  ReEncryptAnswer,
  RotationAnswer,
  ScheduleDeletionAnswer,
  SignAnswer,
  SuccessAnswer,
  VerifyAnswer,
} from './wire.ts'

export const DATA_KEY_SPEC = 'AES-256'

const refusedByStatus = (key: KmsKey, id: OperationId) => refusedIn(statuses, key, id)

const notOnDefault = (key: KmsKey) =>
  isDefaultKey(key.id) ? 'This is the organisation’s default key, managed by Exoscale.' : undefined

/** Identifies the default key by its refusal, unless the call has two keys. */
async function learning<Answer>(key: KmsKey, input: unknown, answer: Promise<Answer>): Promise<Answer> {
  try {
    return await answer
  } catch (error) {
    const other = z.safeParse(z.object({ destination: z.string() }), input).data?.destination ?? key.id
    if (detailsOf(error).reason === 'managed' && other === key.id) rememberDefaultKey(key.id)
    throw error
  }
}

const onPrimaryOnly = (key: KmsKey) =>
  key.traits.includes('replica')
    ? `This is a replica. Do it on the primary in ${key.originZone ?? 'its origin zone'}.`
    : undefined

const manualLimit = ({ rotation: { manual } }: KmsKey) =>
  manual && manual.used >= manual.limit
    ? `All ${manual.limit} manual rotations of this key are used. Automatic rotation continues.`
    : undefined

const contextMember = (context: Uint8Array | undefined) =>
  context === undefined || context.length === 0 ? {} : { 'encryption-context': toBase64(context) }

/** Needed by RSA keys; services that know no other keys need none. */
export const algorithmOf = (type: string): EncryptionAlgorithm | undefined =>
  isRsa(type) ? 'RSAES_OAEP_SHA_256' : undefined

function algorithmMember(type: string) {
  const algorithm = algorithmOf(type)
  return algorithm === undefined ? {} : { 'encryption-algorithm': algorithm }
}

/** Signing algorithm of a request: the asked one, or the first of the key's specification. */
export const signingAlgorithmOf = ({ type }: KmsKey, asked: string | undefined): string =>
  asked ?? (isKeySpec(type) ? signingAlgorithmsOf(type)[0] : undefined) ?? ''

const signedMembers = (key: KmsKey, { input, hash, prehashed }: Omit<OperationInputs['verify'], 'signature'>) => ({
  message: toBase64(input),
  ...(prehashed ? { 'message-type': 'digest' } : {}),
  'signing-algorithm': signingAlgorithmOf(key, hash),
})

/** An RSA key has one of two usages; the type of others decides. */
const needsUsage = (key: KmsKey, purpose: Purpose) =>
  isRsa(key.type) && !key.can.includes(purpose)
    ? `Its usage is ${key.purpose === 'sign' ? 'sign-verify' : 'encrypt-decrypt'}, which was chosen when it was created.`
    : needsPurpose(key, purpose)

const needsSymmetric = ({ type }: KmsKey) =>
  isRsa(type) ? `A key of type ${type} can’t generate data keys.` : undefined

const neverRotates = ({ rotation: { never } }: KmsKey) => never

const define = operationFactory((key) => transportOf(key.location))

function operation<Input, Schema extends z.ZodMiniType, Answer>(
  definition: OperationDefinition<Input, Schema, Answer>,
): Operation<Input, Answer> {
  const plain = define(definition)
  return { ...plain, run: (key, input, signal) => learning(key, input, plain.run(key, input, signal)) }
}

const bare = <Schema extends z.ZodMiniType>(
  rest: string,
  schema: Schema,
  refusal: (key: KmsKey) => string | undefined,
) =>
  operation({
    refusal,
    call: (key: KmsKey, _input: Record<never, never>): Call => ({ method: 'POST', path: keyPath(key.id, rest) }),
    schema,
    read: () => undefined,
  })

/** A signature that does not match is refused as `Invalid Signature`, which is a verdict and no failure. */
const verifying = (verify: Operation<OperationInputs['verify'], { readonly valid: boolean }>): typeof verify => ({
  ...verify,
  async run(key, input, signal) {
    try {
      return await verify.run(key, input, signal)
    } catch (error) {
      if (detailsOf(error).reason === 'signature-mismatch') return { valid: false }
      throw error
    }
  },
})

const enable = bare('/enable', SuccessAnswer, (key) => refusedByStatus(key, 'enable'))

export const operations = {
  encrypt: operation({
    refusal: (key) => needsUsage(key, 'encrypt') ?? refusedByStatus(key, 'encrypt'),
    call: (key, { plaintext, context }: OperationInputs['encrypt']) => ({
      method: 'POST',
      path: keyPath(key.id, '/encrypt'),
      body: { plaintext: toBase64(plaintext), ...algorithmMember(key.type), ...contextMember(context) },
    }),
    schema: EncryptAnswer,
    read: ({ ciphertext }) => ({ ciphertext }),
  }),
  decrypt: operation({
    refusal: (key) => needsUsage(key, 'encrypt') ?? refusedByStatus(key, 'decrypt'),
    call: (key, { ciphertext, context }: OperationInputs['decrypt']) => ({
      method: 'POST',
      path: keyPath(key.id, '/decrypt'),
      body: { ciphertext, ...algorithmMember(key.type), ...contextMember(context) },
    }),
    schema: DecryptAnswer,
    read: ({ plaintext }, call) => ({ plaintext: bytesOfAnswer(plaintext, transportOf(defaultZone), call) }),
  }),
  reEncrypt: operation({
    refusal: (key) => needsUsage(key, 'encrypt') ?? notOnDefault(key) ?? refusedByStatus(key, 'reEncrypt'),
    call: (
      key,
      {
        ciphertext,
        context,
        destination,
        destinationType = key.type,
        destinationContext,
      }: OperationInputs['reEncrypt'],
    ) => ({
      method: 'POST',
      path: keyPath(key.id, '/re-encrypt'),
      body: {
        source: { key: key.id, ciphertext, ...algorithmMember(key.type), ...contextMember(context) },
        destination: {
          key: destination,
          ...algorithmMember(destinationType),
          ...contextMember(destinationContext),
        },
      },
    }),
    schema: ReEncryptAnswer,
    read: ({ ciphertext }) => ({ ciphertext }),
  }),
  dataKey: operation({
    offers: ({ type }) => !isRsa(type),
    refusal: (key) => needsUsage(key, 'encrypt') ?? needsSymmetric(key) ?? refusedByStatus(key, 'dataKey'),
    call: (key, { bytes, context }: OperationInputs['dataKey']) => ({
      method: 'POST',
      path: keyPath(key.id, '/generate-data-key'),
      body: {
        ...(bytes === undefined ? { 'key-spec': DATA_KEY_SPEC } : { 'bytes-count': bytes }),
        ...contextMember(context),
      },
    }),
    schema: DataKeyAnswer,
    read: ({ plaintext, ciphertext }, call) => ({
      plaintext: bytesOfAnswer(plaintext, transportOf(defaultZone), call),
      ciphertext,
    }),
  }),
  sign: operation({
    refusal: (key) => needsUsage(key, 'sign') ?? refusedByStatus(key, 'sign'),
    call: (key, input: OperationInputs['sign']) => ({
      method: 'POST',
      path: keyPath(key.id, '/sign'),
      body: signedMembers(key, input),
    }),
    schema: SignAnswer,
    read: ({ signature }) => ({ signature }),
  }),
  verify: verifying(
    operation({
      refusal: (key) => needsUsage(key, 'sign') ?? refusedByStatus(key, 'verify'),
      call: (key, input: OperationInputs['verify']) => ({
        method: 'POST',
        path: keyPath(key.id, '/verify'),
        body: { ...signedMembers(key, input), signature: input.signature },
      }),
      schema: VerifyAnswer,
      read: ({ 'signature-valid': valid }) => ({ valid }),
    }),
  ),
  replicate: operation({
    refusal: (key) =>
      notOnDefault(key) ??
      onPrimaryOnly(key) ??
      refusedByStatus(key, 'replicate') ??
      (key.traits.includes('multi-zone')
        ? undefined
        : 'It was created for one zone. Only a multi-zone key, chosen at creation, can be replicated.'),
    call: (key, { location }: OperationInputs['replicate']) => ({
      method: 'POST',
      path: keyPath(key.id, '/replicate'),
      body: { zone: location },
    }),
    schema: SuccessAnswer,
    read: () => undefined,
  }),
  rotate: bare(
    '/rotate',
    RotationAnswer,
    (key) => neverRotates(key) ?? onPrimaryOnly(key) ?? refusedByStatus(key, 'rotate') ?? manualLimit(key),
  ),
  setRotation: {
    refusal: (key) =>
      neverRotates(key) ?? notOnDefault(key) ?? onPrimaryOnly(key) ?? refusedByStatus(key, 'setRotation'),
    run: (key, input) => learning(key, input, setRotation(key, input)),
    calls: rotationCalls,
  },
  disable: bare('/disable', SuccessAnswer, (key) => notOnDefault(key) ?? refusedByStatus(key, 'disable')),
  enable,
  scheduleDeletion: operation({
    refusal: (key) => notOnDefault(key) ?? onPrimaryOnly(key) ?? refusedByStatus(key, 'scheduleDeletion'),
    call: (key, { days = limits.deletionDelay.default }: OperationInputs['scheduleDeletion']) => ({
      method: 'POST',
      path: keyPath(key.id, '/schedule-deletion'),
      body: { 'delay-days': days },
    }),
    schema: ScheduleDeletionAnswer,
    read: () => undefined,
  }),
  cancelDeletion: bare(
    '/cancel-deletion',
    SuccessAnswer,
    (key) => onPrimaryOnly(key) ?? refusedByStatus(key, 'cancelDeletion'),
  ),
} satisfies Operations
