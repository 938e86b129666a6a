/** Policies to begin with, from narrow to wide. */
import type { RoleTemplate } from '../role-policies.ts'
import type { EndpointId } from './endpoints.ts'

const anyOf = (...operations: readonly EndpointId[]): string =>
  operations.length === 1
    ? `operation == '${operations[0]}'`
    : `operation in [${operations.map((operation) => `'${operation}'`).join(', ')}]`

const allowing = (expression: string): string =>
  JSON.stringify(
    {
      'default-service-strategy': 'deny',
      services: { kms: { type: 'rules', rules: [{ action: 'allow', expression }] } },
    },
    null,
    2,
  )

const onOneKey = (label: string, ...operations: readonly [EndpointId, ...EndpointId[]]): RoleTemplate => ({
  id: operations[0],
  label,
  isForKey: true,
  policy: (keyId) => allowing(`${anyOf(...operations)} && parameters.id == '${keyId.toLowerCase()}'`),
})

const onAllKeys = (id: string, label: string, ...operations: readonly EndpointId[]): RoleTemplate => ({
  id,
  label,
  isForKey: false,
  policy: () => allowing(anyOf(...operations)),
})

const reads = ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations'] as const

export const templates: readonly RoleTemplate[] = [
  onOneKey('Encrypt with one key', 'encrypt'),
  onOneKey('Decrypt with one key', 'decrypt'),
  onOneKey('Sign with one key', 'sign', 'get-public-key'),
  onAllKeys('read', 'Read only', ...reads),
  onAllKeys('rotate', 'Rotate only', 'rotate-kms-key'),
  onAllKeys(
    'manage',
    'Manage keys, without deletion',
    ...reads,
    'create-kms-key',
    'rotate-kms-key',
    'enable-kms-key-rotation',
    'disable-kms-key-rotation',
    'enable-kms-key',
    'disable-kms-key',
    'replicate-kms-key',
    'cancel-kms-key-deletion',
  ),
]
