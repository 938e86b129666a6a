/** Who may use the demonstration's keys in Exoscale: roles, and the API keys bound to them. Ages are in days. */
import type { Role } from '../../src/clouds/exoscale/wire.ts'
import { KMS_CRYPTO } from '../kms/exoscale/iam/roles.ts'

interface DemoRole {
  readonly name: string
  readonly age: number
  /** Absent for a role that is there from the start. */
  readonly body?: Omit<Role, 'id'>
  readonly apiKeys: ReadonlyArray<{ readonly name: string; readonly age: number }>
}

/** Ids of the roles that nobody has to make. */
export const knownRoles: ReadonlyMap<string, string> = new Map([['kms-crypto', KMS_CRYPTO]])

export const exoscaleRoles: readonly DemoRole[] = [
  {
    name: 'kms-admin',
    age: 730,
    body: {
      description: 'Makes, rotates and deletes keys; nothing outside of KMS',
      labels: { team: 'platform' },
      policy: { 'default-service-strategy': 'deny', services: { kms: { type: 'allow' } } },
    },
    apiKeys: [{ name: 'ci-terraform', age: 412 }],
  },
  {
    name: 'kms-read',
    age: 540,
    body: {
      description: 'Sees keys and their rotations, uses none',
      policy: {
        'default-service-strategy': 'deny',
        services: {
          kms: {
            type: 'rules',
            rules: [
              {
                action: 'allow',
                expression: "operation in ['list-kms-keys', 'get-kms-key', 'list-kms-key-rotations']",
              },
            ],
          },
        },
      },
    },
    apiKeys: [{ name: 'console-readonly', age: 131 }],
  },
  {
    name: 'kms-crypto',
    age: 690,
    apiKeys: [
      { name: 'backup-runner', age: 359 },
      { name: 'invoice-service', age: 208 },
      { name: 'k8s-kms-plugin', age: 333 },
    ],
  },
]
