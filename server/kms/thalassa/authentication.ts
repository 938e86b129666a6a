import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import * as z from 'zod'
import type { CloudParts } from '../cloud.ts'
import { ApiError } from './errors.ts'
import { newIdentity } from './identity.ts'

export const CLOUD = 'thalassa'

/** The setting that holds the organisation, as JSON. */
const ORGANISATION_SETTING = 'thalassa-organisation'

const Organisation = z.object({
  identity: z.string(),
  slug: z.string(),
  name: z.string(),
  /** Feature gates that are open: `kms`. */
  features: z.array(z.string()),
})
export type Organisation = z.infer<typeof Organisation>

/** The values of the request headers that say who calls, for whom. */
export interface Claims {
  readonly authorization: string | undefined
  readonly organisation: string | undefined
}

export interface ThalassaCredential {
  readonly token: string
  /** Identity. */
  readonly organisation: string
  readonly organisationSlug: string
}

export interface Authentication {
  /** What a first client is given. */
  readonly credential: ThalassaCredential
  /** The caller's organisation. 401 for a credential that is missing or unknown, 400 without organisation, 404 for another. */
  authenticate(claims: Claims): Organisation
}

async function organisationOf(settings: CloudParts['settings']): Promise<Organisation> {
  const stored = await settings.setting(ORGANISATION_SETTING)
  if (stored !== undefined) return Organisation.parse(JSON.parse(stored))
  const made = { identity: newIdentity('o'), slug: 'local', name: 'Local organisation', features: ['kms'] }
  await settings.setSetting(ORGANISATION_SETTING, JSON.stringify(made))
  return made
}

async function tokensOf(credentials: CloudParts['credentials'], organisation: Organisation) {
  const stored = await credentials.all(CLOUD)
  const [first] = stored
  if (first) return { first: first.secret, all: stored.map(({ secret }) => secret) }
  const token = `tc_pat_${randomBytes(24).toString('hex')}`
  await credentials.add({
    cloud: CLOUD,
    id: newIdentity('pat'),
    name: 'made at the first start',
    secret: token,
    attributes: { organisation: organisation.identity },
  })
  return { first: token, all: [token] }
}

const digest = (token: string) => hash('sha256', token, 'buffer')

/** Personal access tokens, accepted as `Token` and as `Bearer`. Makes the organisation and one token at the first start. */
export async function openAuthentication({
  settings,
  credentials,
}: Pick<CloudParts, 'settings' | 'credentials'>): Promise<Authentication> {
  const organisation = await organisationOf(settings)
  const tokens = await tokensOf(credentials, organisation)
  const known = tokens.all.map(digest)

  /** Digests have one length and are compared in constant time, all of them, so that the time tells nothing. */
  function isKnown(token: string): boolean {
    const given = digest(token)
    return known.reduce((found, one) => timingSafeEqual(one, given) || found, false)
  }

  return {
    credential: { token: tokens.first, organisation: organisation.identity, organisationSlug: organisation.slug },
    authenticate(claims) {
      const token = /^(?:Token|Bearer) +(\S+)$/i.exec(claims.authorization ?? '')?.[1]
      if (token === undefined || !isKnown(token)) throw new ApiError(401, 'unauthorized')
      if (!claims.organisation) throw new ApiError(400, 'X-Organisation-Identity header is required')
      if (claims.organisation !== organisation.identity && claims.organisation !== organisation.slug)
        throw new ApiError(404, 'organisation not found')
      return organisation
    },
  }
}
