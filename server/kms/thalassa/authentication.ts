import { type EndpointId, endpoints } from '../../../src/clouds/thalassa/endpoints.ts'
import { openSecretTable } from '../crypto/secret-table.ts'
import type { ProviderServices } from '../provider.ts'
import { type KnownCredential, openCredentials, type Scope } from './authentication-credentials.ts'
import { ApiError } from './errors.ts'
import { openTokens, type Tokens } from './oidc.ts'
import { type Rights, rightsOf } from './permissions.ts'
import type { Tenant } from './projects.ts'

/** Values of the request headers for credential, organisation and project. */
export interface Claims {
  readonly authorization: string | undefined
  readonly organisation: string | undefined
}

export interface ThalassaCredential {
  readonly token: string
  /** Identity. */
  readonly organisation: string
  readonly organisationSlug: string
  /** Token with permission to list and read keys and the audit log. */
  readonly readerToken: string
  /** Token with permission to encrypt, decrypt, sign, verify and compute HMACs only. */
  readonly cryptoToken: string
  /** Access credential of a service account with all rights on keys. */
  readonly client: { readonly id: string; readonly secret: string }
}

/** User or service account. */
export interface Actor {
  readonly kind: 'user' | 'service-account'
  readonly identity: string
  readonly name: string
  readonly isOwner: boolean
}

export interface Caller {
  readonly credential: { readonly id: string; readonly type: 'personal_access_token' | 'access_credential' }
  readonly actor: Actor
  readonly rights: Rights
  readonly scopes: readonly Scope[]
  /** Identity or slug of the project that the token is bound to. */
  readonly project: string | undefined
}

export interface Authentication {
  /** Credentials for a first client. */
  readonly credential: ThalassaCredential
  readonly tokens: Pick<Tokens, 'exchange'>
  /** Authenticates a caller; 401 for a credential that is missing, unknown, expired or not for this API. */
  identify(authorization: string | undefined): Caller
  /** Authenticates, and checks the organisation: 400 if missing, 404 if not the caller's. */
  authenticate(claims: Claims): Caller
}

/** Scopes of access tokens: GET needs any of them, other methods need `api:write`. */
export const mayCall = ({ rights, scopes }: Caller, id: EndpointId): boolean =>
  rights.endpoints.has(id) && (endpoints[id].method === 'GET' || scopes.includes('api:write'))

function callerFrom({ id, kind, use, holder, policies, scopes }: KnownCredential): Caller {
  const isService = kind === 'client'
  const suffix = id.slice(id.indexOf('-') + 1)
  return {
    credential: { id, type: isService ? 'access_credential' : 'personal_access_token' },
    actor: {
      kind: isService ? 'service-account' : 'user',
      identity: `${isService ? 'sa' : 'usr'}-${suffix}`,
      name: holder,
      isOwner: use === 'administrator',
    },
    rights: rightsOf(policies),
    scopes,
    project: undefined,
  }
}

/**
 * Authentication by personal access tokens and access tokens, each accepted as `Token` and as `Bearer`. Creates missing
 * credentials: all of them at the first start.
 */
export async function openAuthentication({
  credentials,
  clock,
  clientClock = clock,
  tenant: { organisation },
}: Pick<ProviderServices, 'credentials' | 'clock' | 'clientClock'> & {
  readonly tenant: Tenant
}): Promise<Authentication> {
  const { all, of } = await openCredentials(credentials, organisation.identity)
  const tokenOwners = all
    .filter(({ kind }) => kind === 'token')
    .map((credential) => ({ secret: credential.secret, value: callerFrom(credential) }))
  const person = openSecretTable(tokenOwners)
  const clients = all.filter(({ kind }) => kind === 'client')
  const services = new Map(clients.map((client) => [client.id, callerFrom(client)]))
  const tokens = openTokens({
    signingKey: Buffer.from(of('signing-key').secret, 'base64'),
    clients,
    clock: clientClock,
  })

  function service(token: string): Caller | undefined {
    const claims = tokens.read(token)
    const caller = claims && services.get(claims.client)
    return caller && { ...caller, scopes: claims.scopes, project: claims.project }
  }

  function identify(authorization: string | undefined): Caller {
    const token = /^(?:Token|Bearer) +(\S+)$/i.exec(authorization ?? '')?.[1]
    const caller = token === undefined ? undefined : (person(token) ?? service(token))
    if (!caller || caller.scopes.length === 0) throw new ApiError(401, 'unauthorized')
    return caller
  }

  const administrator = of('administrator')
  const automation = of('service')
  return {
    credential: {
      token: administrator.secret,
      organisation: organisation.identity,
      organisationSlug: organisation.slug,
      readerToken: of('reader').secret,
      cryptoToken: of('crypto').secret,
      client: { id: automation.id, secret: automation.secret },
    },
    tokens,
    identify,
    authenticate(claims) {
      const caller = identify(claims.authorization)
      if (!claims.organisation) throw new ApiError(400, 'X-Organisation-Identity header is required')
      if (claims.organisation !== organisation.identity && claims.organisation !== organisation.slug)
        throw new ApiError(404, 'organisation not found')
      return caller
    },
  }
}
