/** Statuses of Thalassa's keys; what each refuses follows from the status machine. */
import type { KeyStatus } from '../capabilities.ts'
import { disabledRefusal, pendingRefusal, statusRefusals } from '../refusals.ts'
import { type Action, type KeyStatus as StatusId, statusMachine } from './rules.ts'

const actions = {
  encrypt: 'use',
  decrypt: 'use',
  sign: 'use',
  verify: 'use',
  hmac: 'use',
  verifyHmac: 'use',
  export: 'use',
  rotate: 'rotate',
  setRotation: 'configureRotation',
  disable: 'disable',
  enable: 'enable',
  cancelDeletion: 'cancelDeletion',
} as const

const refusalsIn = (status: StatusId, refusal: string) =>
  statusRefusals<Action>(actions, (action) => typeof statusMachine[action][status] !== 'string', refusal)

export const statuses: readonly KeyStatus[] = [
  {
    id: 'active',
    label: 'Active',
    tone: 'ok',
    group: 'active',
    refusals: { ...refusalsIn('active', ''), enable: 'It is active already.' },
  },
  {
    id: 'disabled',
    label: 'Disabled',
    tone: 'muted',
    group: 'disabled',
    refusals: { ...refusalsIn('disabled', disabledRefusal), disable: 'It is disabled already.' },
  },
  {
    id: 'pending_deletion',
    label: 'Pending deletion',
    tone: 'danger',
    group: 'pending',
    refusals: {
      ...refusalsIn('pending_deletion', pendingRefusal),
      scheduleDeletion: 'Its deletion is scheduled already.',
    },
  },
]
