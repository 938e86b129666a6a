import { type ApiOperationId, limits, type ZoneName } from '../../../src/clouds/exoscale/rules.ts'
import { UndecryptableError } from '../crypto/encryption.ts'
import type { Clock } from '../engine/clock.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import type { ApiRevision } from './api.ts'
import { ciphertextHeader, readCiphertext } from './ciphertext.ts'
import { CLOUD, createdKeyOf, keyOf, rotationOf, spaceOf, timestamp } from './keys.ts'
import {
  cancelDeletion,
  disableRotation,
  enableRotation,
  newKeyData,
  rotateByHand,
  rotateWhenDue,
  scheduleDeletion,
  statusAfter,
  withStatus,
} from './lifecycle.ts'
import { type Answer, answer, Problem } from './problems.ts'
import { createKeyIds } from './uuid.ts'
import {
  type Content,
  CreateBody,
  DecryptBody,
  EnableRotationBody,
  EncryptBody,
  readBody,
  readKeyId,
  ScheduleDeletionBody,
} from './validation.ts'

/** Whom an operation is about. */
export interface Call {
  readonly zone: ZoneName
  /** As the path has it, still percent-encoded; empty where it has none. */
  readonly id: string
}

/** Refuses by throwing a problem. Operations that take no body leave `content` alone. */
export type Operation = (call: Call, content: Content) => Promise<Answer>

class NotDueError extends Error {}

/** Runs tasks one after the other, so that what one has counted still holds when it writes. */
function createQueue() {
  let last: Promise<unknown> = Promise.resolve()
  return <T>(task: () => Promise<T>): Promise<T> => {
    const result = last.then(task)
    last = result.catch(() => undefined)
    return result
  }
}

const addressOf = ({ zone, id }: Call) => ({ cloud: CLOUD, location: zone, id })

function existing(key: StoredKey | undefined, { id, zone }: Call): StoredKey {
  if (key) return key
  throw new Problem('key-not-found', `there is no key ${id} in ${zone}`)
}

const success = (applied = true) => answer({ status: applied ? 'success' : 'already-applied' })
const rotation = (key: StoredKey) => answer({ rotation: rotationOf(key) })

/** The API's operations on keys. */
export function createKeyOperations(parts: {
  keyring: Keyring
  clock: Clock
  revision: ApiRevision
}): ReadonlyMap<ApiOperationId, Operation> {
  const { keyring, clock, revision } = parts
  const nextKeyId = createKeyIds()
  const inTurn = createQueue()

  const find = async (call: Call) => existing(await keyring.get(addressOf(call)), call)

  const change = async (call: Call, decide: (key: StoredKey, now: number) => StoredKey) =>
    existing(await keyring.change(addressOf(call), decide), call)

  async function create({ zone }: Call, content: Content): Promise<Answer> {
    const { name, description, 'multi-zone': multiZone = false } = readBody(CreateBody, content)
    const space = spaceOf(zone)
    const key = await inTurn(async () => {
      if (await keyring.getByHandle(space, name)) return undefined
      const counts = await keyring.countByStatus(space)
      const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
      if (total >= limits.keysPerZone)
        throw new Problem('quota-exceeded', `${zone} already holds ${limits.keysPerZone} keys`)
      const now = clock.now()
      const given = { ...(description === undefined ? {} : { description }), multiZone, originZone: zone }
      return keyring.create({
        ...space,
        id: nextKeyId(now),
        handle: name,
        algorithm: 'aes256-gcm96',
        revision: 2,
        ...newKeyData(given, now),
      })
    })
    if (!key) throw new Problem('name-conflict', `there is already a key of that name in ${zone}`)
    return answer(createdKeyOf(key, revision), revision === 'reference' ? 201 : 200)
  }

  async function list({ zone }: Call): Promise<Answer> {
    const keys = await keyring.list(spaceOf(zone))
    return answer({ 'kms-keys': keys.map(({ key, versions }) => keyOf(key, versions, revision)) })
  }

  async function get(call: Call): Promise<Answer> {
    const key = await find(call)
    return answer(keyOf(key, await keyring.versions(key), revision))
  }

  /** A rotation that fell due while the key was disabled is made up for now, not at the next run of the due jobs. */
  async function rotateIfOverdue(call: Call): Promise<void> {
    const decide = (key: StoredKey, now: number) => {
      const after = rotateWhenDue(key, now)
      if (!after) throw new NotDueError()
      return after
    }
    try {
      await keyring.rotate(addressOf(call), decide, { automatic: true })
    } catch (error) {
      if (!(error instanceof NotDueError)) throw error
    }
  }

  const setStatus = (action: 'enable' | 'disable') => async (call: Call) => {
    let applied = false
    await change(call, (key, now) => {
      const after = withStatus(action)(key, now)
      applied = after !== key
      return after
    })
    if (applied && action === 'enable') await rotateIfOverdue(call)
    return success(applied)
  }

  async function rotate(call: Call): Promise<Answer> {
    return rotation(existing(await keyring.rotate(addressOf(call), rotateByHand), call))
  }

  async function enableKeyRotation(call: Call, content: Content): Promise<Answer> {
    const { 'rotation-period': days = limits.rotationPeriod.default } = readBody(EnableRotationBody, content)
    return rotation(await change(call, enableRotation(days)))
  }

  async function listRotations(call: Call): Promise<Answer> {
    const versions = await keyring.versions(await find(call))
    const rotations = versions
      .filter(({ version }) => version > 1)
      .map(({ version, createdAt, automatic }) => ({ version, 'rotated-at': timestamp(createdAt), automatic }))
    return answer({ rotations })
  }

  async function schedule(call: Call, content: Content): Promise<Answer> {
    const { 'delay-days': days = limits.deletionDelay.default } = readBody(ScheduleDeletionBody, content)
    const { destroyAt } = await change(call, scheduleDeletion(days))
    return answer(destroyAt === null ? {} : { 'delete-at': timestamp(destroyAt) })
  }

  async function cancel(call: Call): Promise<Answer> {
    await change(call, cancelDeletion)
    return success()
  }

  async function encrypt(call: Call, content: Content): Promise<Answer> {
    const { plaintext, 'encryption-context': context } = readBody(EncryptBody, content)
    const key = await find(call)
    statusAfter(key, 'use')
    const header = ciphertextHeader(key.id, key.latestVersion)
    const associated = Buffer.concat([header, context ?? new Uint8Array()])
    const sealed = await keyring.encrypt(key, key.latestVersion, plaintext, associated)
    return answer({ ciphertext: Buffer.concat([header, sealed]).toString('base64') })
  }

  async function open(key: StoredKey, ciphertext: Buffer, context: Uint8Array): Promise<Buffer> {
    const read = readCiphertext(key.id, ciphertext)
    if (!read) throw new UndecryptableError()
    return keyring.decrypt(key, read.version, read.sealed, Buffer.concat([read.header, context]))
  }

  async function decrypt(call: Call, content: Content): Promise<Answer> {
    const { ciphertext, 'encryption-context': context } = readBody(DecryptBody, content)
    const key = await find(call)
    statusAfter(key, 'use')
    try {
      const plaintext = await open(key, ciphertext, context ?? new Uint8Array())
      return answer({ plaintext: plaintext.toString('base64') })
    } catch (error) {
      // One text for a wrong key, a wrong context and a changed ciphertext: which it was helps only an attacker.
      if (error instanceof UndecryptableError) throw new Problem('bad-request', 'decryption failed')
      throw error
    }
  }

  /** With the id checked, in lower case. */
  const ofKey =
    (operation: Operation): Operation =>
    async (call, content) =>
      operation({ ...call, id: readKeyId(call.id) }, content)

  return new Map<ApiOperationId, Operation>([
    ['create-kms-key', create],
    ['list-kms-keys', list],
    ['get-kms-key', ofKey(get)],
    ['enable-kms-key', ofKey(setStatus('enable'))],
    ['disable-kms-key', ofKey(setStatus('disable'))],
    ['rotate-kms-key', ofKey(rotate)],
    ['enable-kms-key-rotation', ofKey(enableKeyRotation)],
    ['disable-kms-key-rotation', ofKey(async (call) => rotation(await change(call, disableRotation)))],
    ['list-kms-key-rotations', ofKey(listRotations)],
    ['schedule-kms-key-deletion', ofKey(schedule)],
    ['cancel-kms-key-deletion', ofKey(cancel)],
    ['encrypt', ofKey(encrypt)],
    ['decrypt', ofKey(decrypt)],
  ])
}
