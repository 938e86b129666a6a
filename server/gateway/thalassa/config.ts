/** Thalassa's variables, with the names of the vendor's tools. */
import type { ThalassaCredential } from '../../kms/thalassa/authentication.ts'
import {
  checkHeaderValues,
  type Findings,
  namesSet,
  readEither,
  readUrl,
  type Variable,
  type Variables,
} from '../provider.ts'

/** Credential of a live connection. */
export type LiveCredential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'client'; readonly id: string; readonly secret: string }

export interface ThalassaConfig {
  /** Base URL without a trailing slash. */
  readonly endpoint: string
  readonly credential: LiveCredential
  /** Identity or slug. */
  readonly organisation: string
  readonly project: string | undefined
}

export const variables = [
  { name: 'THALASSA_PERSONAL_ACCESS_TOKEN', role: 'credential', isHeader: true },
  { name: 'THALASSA_API_TOKEN', role: 'credential', isHeader: true },
  { name: 'THALASSA_ACCESS_TOKEN', role: 'credential', isHeader: true },
  { name: 'THALASSA_CLIENT_ID', role: 'credential' },
  { name: 'THALASSA_CLIENT_SECRET', role: 'credential' },
  { name: 'THALASSA_ORGANISATION_ID', role: 'organisation', isHeader: true },
  { name: 'THALASSA_ORGANISATION', role: 'organisation', isHeader: true },
  { name: 'THALASSA_PROJECT_ID', role: 'project', isHeader: true },
  { name: 'THALASSA_API_ENDPOINT', role: 'endpoint' },
] as const satisfies readonly Variable[]

export const toolVariables = [
  'THALASSA_ALLOW_INSECURE_OIDC',
  'THALASSA_CONFIG',
  'THALASSA_ID_TOKEN',
  'THALASSA_SERVICE_ACCOUNT_ID',
  'THALASSA_SUBJECT_ID_TOKEN',
  'THALASSA_TEST_REGION',
  // Variables that `kms` prints for tests of other programs.
  'THALASSA_CRYPTO_TOKEN',
  'THALASSA_READER_TOKEN',
]

const pat = 'THALASSA_PERSONAL_ACCESS_TOKEN (or THALASSA_API_TOKEN)'
const kindsOfCredential = `${pat}, THALASSA_ACCESS_TOKEN, or THALASSA_CLIENT_ID with THALASSA_CLIENT_SECRET`

const readCredential = (set: Variables, findings: Findings): LiveCredential | undefined => {
  const { mistakes } = findings
  const token = readEither(set, 'THALASSA_PERSONAL_ACCESS_TOKEN', 'THALASSA_API_TOKEN', findings)
  const { THALASSA_ACCESS_TOKEN: bearer, THALASSA_CLIENT_ID: id, THALASSA_CLIENT_SECRET: secret } = set
  if ((id === undefined) !== (secret === undefined)) {
    const [present, missing] = id === undefined ? ['SECRET', 'ID'] : ['ID', 'SECRET']
    mistakes.push(
      `THALASSA_CLIENT_${missing} is missing while THALASSA_CLIENT_${present} is set; set both, or unset both`,
    )
  }
  const kinds = [token, bearer, id ?? secret].filter((kind) => kind !== undefined)
  if (kinds.length > 1)
    mistakes.push(`More than one kind of Thalassa credential is set; keep one of ${kindsOfCredential}`)
  if (token !== undefined) return { kind: 'token', token }
  if (bearer !== undefined) return { kind: 'bearer', token: bearer }
  if (id !== undefined && secret !== undefined) return { kind: 'client', id, secret }
  return undefined
}

/** Undefined without credentials, and for an invalid configuration, which is added to `findings`. */
export const readConfig = (set: Variables, findings: Findings): ThalassaConfig | undefined => {
  const { mistakes } = findings
  const before = mistakes.length
  const credential = readCredential(set, findings)
  const organisation = readEither(set, 'THALASSA_ORGANISATION_ID', 'THALASSA_ORGANISATION', findings)
  checkHeaderValues(set, variables, findings)
  const given = set.THALASSA_API_ENDPOINT ?? 'https://api.thalassa.cloud'
  const endpoint = readUrl('THALASSA_API_ENDPOINT', given, findings)
  if (credential === undefined) {
    const scope = variables.filter(({ role }) => role === 'organisation' || role === 'project').map(({ name }) => name)
    const alone = namesSet(set, ['THALASSA_API_ENDPOINT', ...scope])
    if (alone.length > 0 && mistakes.length === before) {
      const names = alone.join(', ')
      mistakes.push(
        `${names} set without a credential for Thalassa; set ${kindsOfCredential}, or unset ${names} to use the local KMS instead`,
      )
    }
    return undefined
  }
  if (organisation === undefined) {
    mistakes.push(
      'THALASSA_ORGANISATION_ID (or THALASSA_ORGANISATION) is missing; set your organisation’s identity or slug',
    )
    return undefined
  }
  return { endpoint, credential, organisation, project: set.THALASSA_PROJECT_ID }
}

/** Variables by which the vendor's tools reach a local KMS at `url`. */
export const localVariables = (url: string, { token, organisation, readerToken, cryptoToken }: ThalassaCredential) => ({
  THALASSA_API_ENDPOINT: url,
  THALASSA_PERSONAL_ACCESS_TOKEN: token,
  THALASSA_API_TOKEN: token,
  THALASSA_ORGANISATION_ID: organisation,
  THALASSA_ORGANISATION: organisation,
  THALASSA_READER_TOKEN: readerToken,
  THALASSA_CRYPTO_TOKEN: cryptoToken,
})
