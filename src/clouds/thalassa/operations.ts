import * as z from 'zod/mini'
import { toBase64 } from '../../lib/encodings.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { Operations } from '../cloud.ts'
import type { Method } from '../endpoint.ts'
import type { Call } from '../http.ts'
import type { KmsKey } from '../model.ts'
import { bytesOfAnswer, operationFactory } from '../operation.ts'
import type { OperationInputs } from '../operations.ts'
import { disabledRefusal, needsActive, needsPurpose, pendingRefusal } from '../refusals.ts'
import { transport } from './connection.ts'
import { type Action, type KeyStatus, keyStatuses, statusMachine } from './rules.ts'
import { requestCode } from './snippets.ts'
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

const isStatus = (word: string): word is KeyStatus => keyStatuses.some((status) => status === word)

/** Refused by the status machine that the local KMS runs on too, in the console's words. A status unknown to this build refuses nothing: the cloud decides. */
function refusedByStatus(key: KmsKey, action: Action): string | undefined {
  if (!isStatus(key.providerStatus) || typeof statusMachine[action][key.providerStatus] === 'string') return undefined
  if (action === 'cancelDeletion') return 'No deletion is scheduled.'
  return key.providerStatus === 'disabled' ? disabledRefusal : pendingRefusal
}

const operation = operationFactory({
  transport: () => transport,
  code: requestCode,
})

/** Calls that answer the key, or (delete and cancel) perhaps nothing: the key is read again anyway. */
const anything = z.unknown()

const lifecycle = (method: Method, rest: string, action: Action, command: string) =>
  operation({
    refusal: (key) => refusedByStatus(key, action),
    call: (key: KmsKey, _input: Record<never, never>): Call => ({ method, path: keyPath(key, rest) }),
    cli: (key) => [`keys ${command} ${key.id}`, `--region ${key.location}`],
    schema: anything,
    read: () => undefined,
  })

const alreadyRefusal = (status: KmsKey['status'], sentence: string) => (key: KmsKey) =>
  key.status === status ? sentence : undefined

const target = (key: KmsKey) => [`--region ${key.location}`, `--key ${key.id}`]

const versionFlag = (version: number | undefined) => (version === undefined ? [] : [`--key-version ${version}`])

const versionOf = (text: string | undefined) => (text === undefined ? {} : { keyVersion: Number(text) })

const disable = lifecycle('POST', '/disable', 'disable', 'disable')
const enable = lifecycle('POST', '/enable', 'enable', 'enable')

export const operations: Operations = {
  encrypt: operation({
    refusal: (key) => needsPurpose(key, 'encrypt') ?? needsActive(key),
    call: (key, { plaintext, keyVersion }: OperationInputs['encrypt']) => ({
      method: 'POST',
      path: keyPath(key, '/encrypt'),
      body: { plaintext: toBase64(plaintext), ...(keyVersion === undefined ? {} : { keyVersion: String(keyVersion) }) },
    }),
    cli: (key, { plaintext, keyVersion }) => [
      'encrypt',
      ...target(key),
      `--plaintext ${shellQuote(toBase64(plaintext))}`,
      ...versionFlag(keyVersion),
    ],
    schema: EncryptAnswer,
    read: ({ ciphertext, keyVersion }) => ({ ciphertext, ...versionOf(keyVersion) }),
  }),
  decrypt: operation({
    refusal: (key) => needsPurpose(key, 'encrypt') ?? needsActive(key),
    call: (key, { ciphertext }: OperationInputs['decrypt']) => ({
      method: 'POST',
      path: keyPath(key, '/decrypt'),
      body: { ciphertext },
    }),
    cli: (key, { ciphertext }) => ['decrypt', ...target(key), `--ciphertext ${shellQuote(ciphertext)}`],
    schema: DecryptAnswer,
    read: ({ plaintext, keyVersion }, call) => ({
      plaintext: bytesOfAnswer(plaintext, transport, call),
      ...versionOf(keyVersion),
    }),
  }),
  sign: operation({
    refusal: (key) => needsPurpose(key, 'sign') ?? needsActive(key),
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
    cli: (key, { input, keyVersion, hash, prehashed }) => [
      'sign',
      ...target(key),
      `--input ${shellQuote(toBase64(input))}`,
      ...versionFlag(keyVersion),
      ...(hash === undefined ? [] : [`--hash-algorithm ${hash}`]),
      ...(prehashed ? ['--prehashed'] : []),
    ],
    schema: SignAnswer,
    read: ({ signature, keyVersion }) => ({ signature, ...versionOf(keyVersion) }),
  }),
  verify: operation({
    refusal: (key) => needsPurpose(key, 'sign') ?? needsActive(key),
    call: (key, { input, signature, hash }: OperationInputs['verify']) => ({
      method: 'POST',
      path: keyPath(key, '/verify'),
      body: { input: toBase64(input), signature, ...(hash === undefined ? {} : { hashAlgorithm: hash }) },
    }),
    cli: (key, { input, signature, hash }) => [
      'verify',
      ...target(key),
      `--input ${shellQuote(toBase64(input))}`,
      `--signature ${shellQuote(signature)}`,
      ...(hash === undefined ? [] : [`--hash-algorithm ${hash}`]),
    ],
    schema: VerifyAnswer,
    read: ({ valid }) => ({ valid }),
  }),
  hmac: operation({
    refusal: (key) => needsPurpose(key, 'mac') ?? needsActive(key),
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
    cli: (key, { input, keyVersion, hash }) => [
      'hmac',
      ...target(key),
      `--input ${shellQuote(toBase64(input))}`,
      ...versionFlag(keyVersion),
      ...(hash === undefined ? [] : [`--algorithm ${hash}`]),
    ],
    schema: HmacAnswer,
    read: ({ hmac, keyVersion }) => ({ hmac, ...versionOf(keyVersion) }),
  }),
  verifyHmac: operation({
    refusal: (key) => needsPurpose(key, 'mac') ?? needsActive(key),
    call: (key, { input, hmac, hash }: OperationInputs['verifyHmac']) => ({
      method: 'POST',
      path: keyPath(key, '/verify-hmac'),
      body: { input: toBase64(input), hmac, ...(hash === undefined ? {} : { hashAlgorithm: hash }) },
    }),
    cli: (key, { input, hmac, hash }) => [
      'verify-hmac',
      ...target(key),
      `--input ${shellQuote(toBase64(input))}`,
      `--hmac ${shellQuote(hmac)}`,
      ...(hash === undefined ? [] : [`--hash-algorithm ${hash}`]),
    ],
    schema: VerifyAnswer,
    read: ({ valid, keyVersion }) => ({ valid, ...versionOf(keyVersion) }),
  }),
  export: operation({
    refusal: (key) =>
      key.traits.includes('exportable')
        ? needsActive(key)
        : 'Export was not allowed when the key was made, and can’t be allowed later.',
    call: (key, { keyVersion }: OperationInputs['export']) => ({
      method: 'POST',
      path: keyPath(key, '/export'),
      body: keyVersion === undefined ? {} : { keyVersion: String(keyVersion) },
    }),
    cli: (key, { keyVersion }) => ['export', ...target(key), ...versionFlag(keyVersion)],
    schema: ExportAnswer,
    read: ({ keyMaterial, keyVersion }) => ({ material: keyMaterial, keyVersion: Number(keyVersion) }),
  }),
  rotate: lifecycle('POST', '/rotate', 'rotate', 'rotate'),
  setRotation: operation({
    refusal: (key) => refusedByStatus(key, 'configureRotation'),
    call: (key, { automatic, periodInDays }: OperationInputs['setRotation']) => {
      const body: UpdateRotationRequest = {
        keyRotationEnabled: automatic,
        ...(automatic && periodInDays !== undefined ? { rotationPeriodInDays: periodInDays } : {}),
      }
      return { method: 'PATCH', path: keyPath(key, '/rotation'), body }
    },
    cli: (key, { automatic, periodInDays }) => [
      `keys rotation ${key.id}`,
      `--region ${key.location}`,
      `--enabled=${automatic}`,
      ...(automatic && periodInDays !== undefined ? [`--period-days ${periodInDays}`] : []),
    ],
    schema: anything,
    read: () => undefined,
  }),
  disable: {
    ...disable,
    refusal: (key) => disable.refusal(key) ?? alreadyRefusal('disabled', 'It is disabled already.')(key),
  },
  enable: {
    ...enable,
    refusal: (key) => enable.refusal(key) ?? alreadyRefusal('active', 'It is active already.')(key),
  },
  scheduleDeletion: {
    ...lifecycle('DELETE', '', 'delete', 'delete'),
    refusal: alreadyRefusal('pending', 'Its deletion is scheduled already.'),
  },
  cancelDeletion: lifecycle('DELETE', '/cancel-deletion', 'cancelDeletion', 'cancel-deletion'),
}
