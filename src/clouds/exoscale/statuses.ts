/** Statuses of Exoscale's keys; what each refuses follows from the status machine. */
import type { KeyStatus } from '../capabilities.ts'
import { disabledRefusal, pendingRefusal, statusRefusals } from '../refusals.ts'
import { type Action, type KeyStatus as StatusId, statusMachine } from './rules.ts'

const actions = {
  encrypt: 'use',
  decrypt: 'use',
  reEncrypt: 'use',
  dataKey: 'use',
  replicate: 'replicate',
  rotate: 'rotate',
  setRotation: 'enableRotation',
  disable: 'disable',
  enable: 'enable',
  cancelDeletion: 'cancelDeletion',
} as const

const refusalsIn = (status: StatusId, refusal: string) =>
  statusRefusals<Action>(actions, (action) => typeof statusMachine[action][status] !== 'string', refusal)

export const statuses: readonly KeyStatus[] = [
  {
    id: 'enabled',
    label: 'Active',
    tone: 'ok',
    group: 'active',
    refusals: { ...refusalsIn('enabled', ''), enable: 'It is active already.' },
  },
  {
    id: 'disabled',
    label: 'Disabled',
    tone: 'muted',
    group: 'disabled',
    refusals: { ...refusalsIn('disabled', disabledRefusal), disable: 'It is disabled already.' },
  },
  {
    id: 'pending-deletion',
    label: 'Pending deletion',
    tone: 'danger',
    group: 'pending',
    refusals: {
      ...refusalsIn('pending-deletion', pendingRefusal),
      scheduleDeletion: 'Its deletion is scheduled already.',
    },
  },
]
