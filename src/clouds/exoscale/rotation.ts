/** Rotation settings, which the API changes only by switching rotation off and on. */
import { CallError, detailsOf } from '../errors.ts'
import { type Call, send } from '../http.ts'
import type { KmsKey } from '../model.ts'
import type { OperationInputs } from '../operations.ts'
import type { Period } from '../period.ts'
import { keyPath, transportOf } from './connection.ts'
import { limits } from './rules.ts'
import { RotationAnswer } from './wire.ts'

const rotationOff = (key: KmsKey): Call => ({ method: 'POST', path: keyPath(key.id, '/disable-key-rotation') })

const rotationOn = (key: KmsKey, days: number): Call => ({
  method: 'POST',
  path: keyPath(key.id, '/enable-key-rotation'),
  body: { 'rotation-period': days },
})

type RotationInput = OperationInputs['setRotation']

/** Days. */
export const periodOf = (period: Period | undefined) => period?.value ?? limits.rotationPeriod.default

/** Calls for rotation settings: changing the period needs disabling and enabling. */
export function rotationCalls(key: KmsKey, { automatic, period }: RotationInput): Call[] {
  return [
    ...(key.rotation.automatic ? [rotationOff(key)] : []),
    ...(automatic ? [rotationOn(key, periodOf(period))] : []),
  ]
}

/** Sends the calls in order; if the new period is refused after disabling, restores the old one. */
export async function setRotation(key: KmsKey, input: RotationInput): Promise<undefined> {
  const transport = transportOf(key.location)
  if (key.rotation.automatic) await send(transport, rotationOff(key), RotationAnswer)
  if (!input.automatic) return
  const period = periodOf(input.period)
  try {
    await send(transport, rotationOn(key, period), RotationAnswer)
  } catch (error) {
    if (!key.rotation.automatic) throw error
    await restoreRotation(key, error)
  }
}

async function restoreRotation(key: KmsKey, cause: unknown): Promise<never> {
  const details = detailsOf(cause)
  const former = periodOf(key.rotation.period)
  try {
    await send(transportOf(key.location), rotationOn(key, former), RotationAnswer)
  } catch {
    throw new CallError({
      ...details,
      advice: 'Automatic rotation is off: the change switches it off and on, and switching it on failed. Save again.',
    })
  }
  throw new CallError({ ...details, advice: `The previous period of ${former} days is set again. ${details.advice}` })
}
