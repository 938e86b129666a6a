/** Warnings for variables that look like settings of this program and are not. */
import type { Environment } from './env-file.ts'
import { nearest } from './nearest.ts'

/** Read by the vendors' own tools, so that they may well be set beside ours. */
const vendors: ReadonlySet<string> = new Set([
  'EXOSCALE_ACCOUNT',
  'EXOSCALE_API_ENVIRONMENT',
  'EXOSCALE_API_TIMEOUT',
  'EXOSCALE_CONFIG',
  'EXOSCALE_TRACE',
  'EXOSCALE_ZONE',
  'THALASSA_ALLOW_INSECURE_OIDC',
  'THALASSA_CONFIG',
  'THALASSA_ID_TOKEN',
  'THALASSA_SERVICE_ACCOUNT_ID',
  'THALASSA_SUBJECT_ID_TOKEN',
  'THALASSA_TEST_REGION',
  // Printed by `kms` for tests of other programs.
  'THALASSA_CRYPTO_TOKEN',
  'THALASSA_READER_TOKEN',
])

const prefixed = /^(?:KMS|THALASSA|EXOSCALE)_/i

const plain = (name: string) => name.replaceAll(/[_-]/g, '').toUpperCase()

/**
 * @param known the names that the program reads
 * @returns one sentence for each variable that is set, not known, and was probably meant for this program
 */
export const unknownNames = (set: Environment, known: readonly string[]): readonly string[] =>
  Object.entries(set)
    .filter(([name, value]) => value?.trim() && !known.includes(name) && !vendors.has(name))
    .flatMap(([name]) => {
      // Names without a prefix belong to everybody: of those, only another spelling of ours counts.
      const meant = prefixed.test(name) ? nearest(name, known) : known.find((other) => plain(other) === plain(name))
      if (meant !== undefined) return [`${name} is not read. Did you mean ${meant}?`]
      return prefixed.test(name) ? [`${name} is not read: no setting has such a name.`] : []
    })
