import * as z from 'zod/mini'
import { toBase64 } from '../../lib/encodings.ts'
import type { Operations } from '../cloud.ts'
import type { Method } from '../endpoint.ts'
import type { Call } from '../http.ts'
import type { KmsKey } from '../model.ts'
import { bytesOfAnswer, operationFactory } from '../operation.ts'
import type { OperationId, OperationInputs } from '../operations.ts'
import { needsPurpose, refusedByStatus as refusedIn } from '../refusals.ts'
import { transport } from './connection.ts'
import { statuses } from './statuses.ts'
import {
  DecryptAnswer,
  EncryptAnswer,
  ExportAnswer,
  HmacAnswer,
  SignAnswer,
  type UpdateRotationRequest,
  VerifyAnswer,
} from './wire.ts'

const keyPath = (key: KmsKey, rest = '') =>
  `/v1/kms/${encodeURIComponent(key.location)}/keys/${encodeURIComponent(key.id)}${rest}`

const refusedByStatus = (key: KmsKey, id: OperationId) => refusedIn(statuses, key, id)

const operation = operationFactory(() => transport)

/** Calls that return the key or, for delete and cancel, possibly nothing: the key is read again. */
const anything = z.unknown()

const lifecycle = (method: Method, rest: string, id: OperationId) =>
  operation({
    refusal: (key) => refusedByStatus(key, id),
    call: (key: KmsKey, _input: Record<never, never>): Call => ({ method, path: keyPath(key, rest) }),
    schema: anything,
    read: () => undefined,
  })

const versionOf = (text: string | undefined) => (text === undefined ? {} : { keyVersion: Number(text) })

export const operations: Operations = {
  encrypt: operation({
    refusal: (key) => needsPurpose(key, 'encrypt') ?? refusedByStatus(key, 'encrypt'),
    call: (key, { plaintext, keyVersion }: OperationInputs['encrypt']) => ({
      method: 'POST',
      path: keyPath(key, '/encrypt'),
      body: { plaintext: toBase64(plaintext), ...(keyVersion === undefined ? {} : { keyVersion: String(keyVersion) }) },
    }),
    schema: EncryptAnswer,
    read: ({ ciphertext, keyVersion }) => ({ ciphertext, ...versionOf(keyVersion) }),
  }),
  decrypt: operation({
    refusal: (key) => needsPurpose(key, 'encrypt') ?? refusedByStatus(key, 'decrypt'),
    call: (key, { ciphertext }: OperationInputs['decrypt']) => ({
      method: 'POST',
      path: keyPath(key, '/decrypt'),
      body: { ciphertext },
    }),
    schema: DecryptAnswer,
    read: ({ plaintext, keyVersion }, call) => ({
      plaintext: bytesOfAnswer(plaintext, transport, call),
      ...versionOf(keyVersion),
    }),
  }),
  sign: operation({
    refusal: (key) => needsPurpose(key, 'sign') ?? refusedByStatus(key, 'sign'),
    call: (key, { input, keyVersion, hash, prehashed }: OperationInputs['sign']) => ({
      method: 'POST',
      path: keyPath(key, '/sign'),
      body: {
        input: toBase64(input),
        ...(keyVersion === undefined ? {} : { keyVersion: String(keyVersion) }),
        ...(hash === undefined ? {} : { hashAlgorithm: hash }),
        ...(prehashed ? { prehashed } : {}),
      },
    }),
    schema: SignAnswer,
    read: ({ signature, keyVersion }) => ({ signature, ...versionOf(keyVersion) }),
  }),
  verify: operation({
    refusal: (key) => needsPurpose(key, 'sign') ?? refusedByStatus(key, 'verify'),
    call: (key, { input, signature, hash }: OperationInputs['verify']) => ({
      method: 'POST',
      path: keyPath(key, '/verify'),
      body: { input: toBase64(input), signature, ...(hash === undefined ? {} : { hashAlgorithm: hash }) },
    }),
    schema: VerifyAnswer,
    read: ({ valid }) => ({ valid }),
  }),
  hmac: operation({
    refusal: (key) => needsPurpose(key, 'mac') ?? refusedByStatus(key, 'hmac'),
    // The same setting is `algorithm` here and `hashAlgorithm` in verify-hmac.
    call: (key, { input, keyVersion, hash }: OperationInputs['hmac']) => ({
      method: 'POST',
      path: keyPath(key, '/hmac'),
      body: {
        input: toBase64(input),
        ...(keyVersion === undefined ? {} : { keyVersion: String(keyVersion) }),
        ...(hash === undefined ? {} : { algorithm: hash }),
      },
    }),
    schema: HmacAnswer,
    read: ({ hmac, keyVersion }) => ({ hmac, ...versionOf(keyVersion) }),
  }),
  verifyHmac: operation({
    refusal: (key) => needsPurpose(key, 'mac') ?? refusedByStatus(key, 'verifyHmac'),
    call: (key, { input, hmac, hash }: OperationInputs['verifyHmac']) => ({
      method: 'POST',
      path: keyPath(key, '/verify-hmac'),
      body: { input: toBase64(input), hmac, ...(hash === undefined ? {} : { hashAlgorithm: hash }) },
    }),
    schema: VerifyAnswer,
    read: ({ valid, keyVersion }) => ({ valid, ...versionOf(keyVersion) }),
  }),
  export: operation({
    refusal: (key) =>
      key.traits.includes('exportable')
        ? refusedByStatus(key, 'export')
        : 'Export was not allowed when the key was created, and can’t be allowed later.',
    call: (key, { keyVersion }: OperationInputs['export']) => ({
      method: 'POST',
      path: keyPath(key, '/export'),
      body: keyVersion === undefined ? {} : { keyVersion: String(keyVersion) },
    }),
    // Without the flag the CLI asks, and fails in a script.
    schema: ExportAnswer,
    read: ({ keyMaterial, keyVersion }) => ({ material: keyMaterial, keyVersion: Number(keyVersion) }),
  }),
  rotate: lifecycle('POST', '/rotate', 'rotate'),
  setRotation: operation({
    refusal: (key) => refusedByStatus(key, 'setRotation'),
    call: (key, { automatic, period }: OperationInputs['setRotation']) => {
      const body: UpdateRotationRequest = {
        keyRotationEnabled: automatic,
        ...(automatic && period !== undefined ? { rotationPeriodInDays: period.value } : {}),
      }
      return { method: 'PATCH', path: keyPath(key, '/rotation'), body }
    },
    schema: anything,
    read: () => undefined,
  }),
  disable: lifecycle('POST', '/disable', 'disable'),
  enable: lifecycle('POST', '/enable', 'enable'),
  scheduleDeletion: lifecycle('DELETE', '', 'scheduleDeletion'),
  cancelDeletion: lifecycle('DELETE', '/cancel-deletion', 'cancelDeletion'),
}
