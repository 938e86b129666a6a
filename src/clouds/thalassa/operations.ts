import * as z from 'zod/mini'
import { toBase64 } from '../../lib/encodings.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { OperationInputs, Operations } from '../cloud.ts'
import type { Call, Method } from '../http.ts'
import type { KmsKey } from '../model.ts'
import { bytesOfAnswer, operationsOf } from '../operation.ts'
import { disabledRefusal, needsActive, needsEncryption, pendingRefusal } from '../wording.ts'
import { wire } from './connection.ts'
import { type Action, type KeyStatus, keyStatuses, statusMachine } from './rules.ts'
import { curl, tcloud } from './snippets.ts'
import { DecryptAnswer, EncryptAnswer, type UpdateRotationRequest } from './wire.ts'

const keyPath = (key: KmsKey, rest = '') =>
  `/v1/kms/${encodeURIComponent(key.location)}/keys/${encodeURIComponent(key.id)}${rest}`

const isStatus = (word: string): word is KeyStatus => keyStatuses.some((status) => status === word)

/** Refused by the status machine that the local KMS runs on too, in the console's words. A status unknown to this build refuses nothing: the cloud decides. */
function refusedByStatus(key: KmsKey, action: Action): string | undefined {
  if (!isStatus(key.statusWord) || typeof statusMachine[action][key.statusWord] === 'string') return undefined
  if (action === 'cancelDeletion') return 'No deletion is scheduled.'
  return key.statusWord === 'disabled' ? disabledRefusal : pendingRefusal
}

const operation = operationsOf({
  wire: () => wire,
  curl: (key, call) => curl(call, key.project),
  cli: (_key, words) => tcloud(words),
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

const versionOf = (text: string | undefined) => (text === undefined ? {} : { keyVersion: Number(text) })

const disable = lifecycle('POST', '/disable', 'disable', 'disable')
const enable = lifecycle('POST', '/enable', 'enable', 'enable')

export const operations: Operations = {
  encrypt: operation({
    refusal: (key) => needsEncryption(key) ?? needsActive(key),
    call: (key, { plaintext, keyVersion }: OperationInputs['encrypt']) => ({
      method: 'POST',
      path: keyPath(key, '/encrypt'),
      body: { plaintext: toBase64(plaintext), ...(keyVersion === undefined ? {} : { keyVersion: String(keyVersion) }) },
    }),
    cli: (key, { plaintext, keyVersion }) => [
      'encrypt',
      `--region ${key.location}`,
      `--key ${key.id}`,
      `--plaintext ${shellQuote(toBase64(plaintext))}`,
      ...(keyVersion === undefined ? [] : [`--key-version ${keyVersion}`]),
    ],
    schema: EncryptAnswer,
    read: ({ ciphertext, keyVersion }) => ({ ciphertext, ...versionOf(keyVersion) }),
  }),
  decrypt: operation({
    refusal: (key) => needsEncryption(key) ?? needsActive(key),
    call: (key, { ciphertext }: OperationInputs['decrypt']) => ({
      method: 'POST',
      path: keyPath(key, '/decrypt'),
      body: { ciphertext },
    }),
    cli: (key, { ciphertext }) => [
      'decrypt',
      `--region ${key.location}`,
      `--key ${key.id}`,
      `--ciphertext ${shellQuote(ciphertext)}`,
    ],
    schema: DecryptAnswer,
    read: ({ plaintext, keyVersion }, call) => ({
      plaintext: bytesOfAnswer(plaintext, wire, call),
      ...versionOf(keyVersion),
    }),
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
