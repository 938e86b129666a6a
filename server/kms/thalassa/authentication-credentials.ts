import { randomBytes } from 'node:crypto'
import * as z from 'zod'
import type { Credential, Credentials } from '../engine/credentials.ts'
import { newIdentity } from './identity.ts'
import { isPolicyName, type PolicyName } from './permissions.ts'

export const CLOUD = 'thalassa'

export const scopes = ['api:read', 'api:write'] as const
export type Scope = (typeof scopes)[number]

/** Roles of personal access tokens; the first start creates one token for each. */
export const tokenRoles = ['administrator', 'reader', 'crypto'] as const

/** Uses of credentials; the first start creates one for each. */
const uses = [...tokenRoles, 'service', 'signing-key'] as const
type Use = (typeof uses)[number]

const administratorPolicies: readonly PolicyName[] = ['org-admin', 'kms:FullAccess']

/** Attributes of a credential; absent in the first build, whose only credential is the administrator's token. */
export const Attributes = z.object({
  organisation: z.string(),
  /** `other`: a token with own policies, from a seed. */
  use: z.enum([...uses, 'other']).default('administrator'),
  /** `token`: personal access token. `client`: access credential of a service account. `signing-key`: signs access tokens. */
  kind: z.enum(['token', 'client', 'signing-key']).default('token'),
  holder: z.string().default('Administrator'),
  policies: z.array(z.custom<PolicyName>(isPolicyName)).default([...administratorPolicies]),
  scopes: z.array(z.enum(scopes)).default([...scopes]),
  /** Identity of the project that access tokens are bound to. */
  project: z.string().optional(),
})
export type ThalassaCredentialAttributes = z.input<typeof Attributes>

export type KnownCredential = z.output<typeof Attributes> & Pick<Credential, 'id' | 'secret'>

/** Default attributes of a credential by use. */
export const defaultCredentials: Readonly<Record<Use, Omit<ThalassaCredentialAttributes, 'organisation'>>> = {
  administrator: { kind: 'token', holder: 'Administrator', policies: [...administratorPolicies] },
  reader: { kind: 'token', holder: 'Reader', policies: ['kms:ReadAccess', 'org-auditor'] },
  crypto: {
    kind: 'token',
    holder: 'Application',
    policies: ['kms:Encrypt', 'kms:Decrypt', 'kms:Sign', 'kms:Verify', 'kms:HMAC', 'kms:VerifyHMAC'],
  },
  service: { kind: 'client', holder: 'Automation', policies: ['kms:FullAccess', 'org-auditor'] },
  'signing-key': { kind: 'signing-key', holder: 'Token endpoint', policies: [] },
}

const make = {
  token: () => ({ id: newIdentity('pat'), secret: `tc_pat_${randomBytes(24).toString('hex')}` }),
  client: () => ({ id: newIdentity('ac'), secret: randomBytes(32).toString('base64url') }),
  'signing-key': () => ({ id: newIdentity('sk'), secret: randomBytes(32).toString('base64') }),
}

/** All credentials of the organisation; creates one for each use that has none, as in an older data folder. */
export async function openCredentials(credentials: Credentials, organisation: string) {
  const missing = (known: readonly Credential[]): readonly Credential[] =>
    uses
      .filter((use) => !known.some(({ attributes }) => Attributes.parse(attributes).use === use))
      .map((use) => ({
        cloud: CLOUD,
        ...make[defaultCredentials[use].kind ?? 'token'](),
        name: 'made at the first start',
        attributes: { ...defaultCredentials[use], organisation, use },
      }))
  const all = (await credentials.complete(CLOUD, missing)).map(
    ({ id, secret, attributes }): KnownCredential => ({ id, secret, ...Attributes.parse(attributes) }),
  )
  const of = (use: Use): KnownCredential => {
    const found = all.find((one) => one.use === use)
    if (!found) throw new Error(`the ${use} credential that was just made is gone`)
    return found
  }
  return { all, of }
}
