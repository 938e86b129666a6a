/** Statuses of Exoscale's keys; what each refuses follows from the status machine. */
import type { OperationId } from '../operations.ts'
import { commonStatuses } from '../refusals.ts'
import { type Action, type KeyStatus, statusMachine } from './rules.ts'

/** Action of the status machine behind each operation. */
const actions: Readonly<Partial<Record<OperationId, Action>>> = {
  encrypt: 'use',
  decrypt: 'use',
  reEncrypt: 'use',
  dataKey: 'use',
  sign: 'use',
  verify: 'use',
  replicate: 'replicate',
  rotate: 'rotate',
  setRotation: 'enableRotation',
  disable: 'disable',
  enable: 'enable',
  cancelDeletion: 'cancelDeletion',
}

export const statuses = commonStatuses<KeyStatus, Action>(actions, {
  active: 'enabled',
  disabled: 'disabled',
  pending: 'pending-deletion',
  isRefused: (action, status) => typeof statusMachine[action][status] !== 'string',
})
