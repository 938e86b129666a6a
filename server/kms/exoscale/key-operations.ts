import type { EndpointId } from '../../../src/clouds/exoscale/endpoints.ts'
import { keySpecs } from '../../../src/clouds/exoscale/key-specs.ts'
import type { ApiRevision } from '../../../src/clouds/exoscale/revisions.ts'
import { limits } from '../../../src/clouds/exoscale/rules.ts'
import { generateMaterial, knownAlgorithm } from '../crypto/material.ts'
import type { Clock } from '../engine/clock.ts'
import type { Keyring } from '../engine/keyring.ts'
import type { StoredKey } from '../engine/store.ts'
import { answered, type Call, type Operation, ofKey, type RecordedCall } from './call.ts'
import { DEFAULT_KEY_NAME } from './default-key.ts'
import type { FaultSwitches } from './fault-switches.ts'
import type { KeyAccess } from './key-access.ts'
import type { ExternalKeys } from './key-stores/external-keys.ts'
import { createdKeyOf, isDefaultKey, keyOf, replicaStatesOf, rotationOf, spaceOf, timestamp } from './keys.ts'
import {
  cancelDeletion,
  disableRotation,
  enableRotation,
  newKeyData,
  replicate,
  rotateByHand,
  scheduleDeletion,
  withStatus,
} from './lifecycle.ts'
import { type Answer, answer, listAnswer, Problem } from './problems.ts'
import { countKeys } from './quota.ts'
import {
  bodiesOf,
  type Content,
  EnableRotationBody,
  externalReferenceOf,
  kindOf,
  ReplicateBody,
  readBody,
  ScheduleDeletionBody,
} from './validation.ts'

/** Of the only version of a key whose material is in an external key store. */
const NO_MATERIAL = new Uint8Array()

const success = (applied = true) => answer({ status: applied ? 'success' : 'already-applied' })
const rotation = (key: StoredKey) => answer({ rotation: rotationOf(key) })

/** Operations that create, read and change keys. */
export function createKeyOperations(services: {
  keyring: Keyring
  access: KeyAccess
  externalKeys: ExternalKeys
  clock: Clock
  revision: ApiRevision
  switches: FaultSwitches
  nextKeyId: (now: number) => string
  inTurn: <T>(task: () => Promise<T>) => Promise<T>
}) {
  const { keyring, access, externalKeys, clock, revision, switches, nextKeyId, inTurn } = services

  async function create(call: RecordedCall, content: Content): Promise<Answer> {
    const { zone } = call
    const asked = readBody(bodiesOf(revision).create, content)
    const { name, description, 'multi-zone': multiZone = false } = asked
    const { usage, spec } = kindOf(asked)
    const external = externalReferenceOf(asked)
    const space = spaceOf(zone)
    const taken = () => new Problem('name-conflict', `there is already a key of that name in ${zone}`)
    const refuse = async () => {
      if (name === DEFAULT_KEY_NAME || keyring.getByUniqueName(space, name)) throw taken()
      if ((await countKeys(keyring, zone)) >= limits.keysPerZone)
        throw new Problem('quota-exceeded', `${zone} already holds ${limits.keysPerZone} keys`)
    }
    await refuse()
    if (external) await externalKeys.requireUsable(external, zone)
    // Before the turn: an RSA key takes seconds, in which other keys are created and replicated.
    const material = external ? NO_MATERIAL : await generateMaterial(knownAlgorithm(keySpecs[spec]))
    const reply = await inTurn(async () => {
      await refuse()
      if (external) await externalKeys.requireConnected(external)
      const now = clock.now()
      const given = {
        ...(description === undefined ? {} : { description }),
        ...(usage === 'encrypt-decrypt' ? {} : { usage }),
        ...(external ? { external } : {}),
        multiZone,
        originZone: zone,
      }
      return keyring.create(
        {
          ...space,
          id: nextKeyId(now),
          createdAt: now,
          uniqueName: name,
          algorithm: keySpecs[spec],
          revision: 2,
          ...newKeyData(given, now, spec === 'AES_256' && !external),
        },
        ({ key }) => answered(call, answer(createdKeyOf(key, revision), revision === 'reference' ? 201 : 200)),
        material,
      )
    })
    if (!reply) throw taken()
    return reply
  }

  async function list({ zone }: Call): Promise<Answer> {
    async function* pages() {
      for await (const page of keyring.list(spaceOf(zone)))
        yield page
          .filter(({ key }) => switches.defaultKey === 'listed' || !isDefaultKey(key))
          .map(({ key, versions }) => keyOf(key, versions.at(-1), revision, switches.createdAt))
    }
    return listAnswer('kms-keys', pages())
  }

  async function get(call: Call): Promise<Answer> {
    const key = access.find(call)
    const shown = keyOf(key, keyring.version(key, key.latestVersion), revision, switches.createdAt)
    return answer({ ...shown, ...replicaStatesOf(key) })
  }

  const setStatus = (action: 'enable' | 'disable') => async (call: RecordedCall) => {
    let applied = false
    const decide = (key: StoredKey, now: number) => {
      const after = withStatus(action)(key, now)
      applied = after !== key
      return after
    }
    return access.change(call, decide, () => success(applied))
  }

  async function enableKeyRotation(call: RecordedCall, content: Content): Promise<Answer> {
    const { 'rotation-period': days = limits.rotationPeriod.default } = readBody(EnableRotationBody, content)
    return access.change(call, enableRotation(days), rotation)
  }

  async function listRotations(call: Call): Promise<Answer> {
    const versions = await keyring.versions(access.find(call))
    const rotations = versions
      .filter(({ version }) => version > 1)
      .map(({ version, createdAt, automatic }) => ({ version, 'rotated-at': timestamp(createdAt), automatic }))
    return answer({ rotations })
  }

  async function schedule(call: RecordedCall, content: Content): Promise<Answer> {
    const { 'delay-days': days = limits.deletionDelay.default } = readBody(ScheduleDeletionBody, content)
    return access.change(call, scheduleDeletion(days), ({ destroyAt }) =>
      answer(destroyAt === null ? {} : { 'delete-at': timestamp(destroyAt) }),
    )
  }

  const cancel = (call: RecordedCall): Promise<Answer> => access.change(call, cancelDeletion, () => success())

  async function addReplica(call: RecordedCall, content: Content): Promise<Answer> {
    const { zone } = readBody(ReplicateBody, content)
    return inTurn(async () => {
      const { uniqueName, id } = access.find(call)
      const named = keyring.getByUniqueName(spaceOf(zone), uniqueName)
      const decide = replicate(zone, named !== undefined && named.id !== id)
      return access.change(call, decide, () => answer({ status: 'target-registered' }))
    })
  }

  return {
    'create-kms-key': create,
    'list-kms-keys': list,
    'get-kms-key': ofKey(get),
    'enable-kms-key': ofKey(setStatus('enable')),
    'disable-kms-key': ofKey(setStatus('disable')),
    'rotate-kms-key': ofKey((call: RecordedCall) => access.rotate(call, rotateByHand, rotation)),
    'enable-kms-key-rotation': ofKey(enableKeyRotation),
    'disable-kms-key-rotation': ofKey((call: RecordedCall) => access.change(call, disableRotation, rotation)),
    'list-kms-key-rotations': ofKey(listRotations),
    'schedule-kms-key-deletion': ofKey(schedule),
    'cancel-kms-key-deletion': ofKey(cancel),
    'replicate-kms-key': ofKey(addReplica),
  } satisfies Partial<Record<EndpointId, Operation>>
}
