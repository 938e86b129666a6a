/** What the console calls, and so all that the gateway forwards. A new screen adds its rows here. */

export interface AllowedRequest {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: RegExp
  /** Names of query arguments that are passed on; others are left out. */
  readonly query?: readonly string[]
  /** Changes or makes something, a key or an API key: refused when the gateway is read-only. What is done with a key changes nothing. */
  readonly changes?: true
  /** Sent without a signature, as the vendor's clients do: a signed call is subject to the key's policy. */
  readonly anonymous?: true
}

/** One segment of a path. Percent signs are out: what is decoded twice on the way could become another path. */
const segment = '[A-Za-z0-9_-]{1,255}'
const path = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', segment)}$`)

const change = (method: AllowedRequest['method'], pattern: string): AllowedRequest => ({
  method,
  path: path(pattern),
  changes: true,
})
const use = (method: AllowedRequest['method'], pattern: string): AllowedRequest => ({ method, path: path(pattern) })

export const thalassaAllowList: readonly AllowedRequest[] = [
  use('GET', '/v1/me/organisation-memberships'),
  use('GET', '/v1/regions'),
  use('GET', '/v1/projects'),
  {
    ...use('GET', '/v1/audit'),
    query: [
      'page',
      'limit',
      'searchText',
      'serviceAccount',
      'userIdentity',
      'impersonatorIdentity',
      'action',
      'resourceType',
      'resourceIdentity',
      'organizationIdentity',
      'includeSystemServices',
      'responseStatus',
    ],
  },
  use('GET', '/v1/kms/summary'),
  { ...use('GET', '/v1/kms/*/keys'), query: ['identity', 'name', 'slug'] },
  change('POST', '/v1/kms/*/keys'),
  use('GET', '/v1/kms/*/keys/*'),
  use('GET', '/v1/kms/*/wrapping-key'),
  { ...use('GET', '/v1/kms/*/keys/*/public-key'), query: ['version'] },
  use('POST', '/v1/kms/*/keys/*/export'),
  use('POST', '/v1/kms/*/keys/*/encrypt'),
  use('POST', '/v1/kms/*/keys/*/decrypt'),
  use('POST', '/v1/kms/*/keys/*/sign'),
  use('POST', '/v1/kms/*/keys/*/verify'),
  use('POST', '/v1/kms/*/keys/*/hmac'),
  use('POST', '/v1/kms/*/keys/*/verify-hmac'),
  change('PATCH', '/v1/kms/*/keys/*/rotation'),
  change('POST', '/v1/kms/*/keys/*/rotate'),
  change('POST', '/v1/kms/*/keys/*/disable'),
  change('POST', '/v1/kms/*/keys/*/enable'),
  change('DELETE', '/v1/kms/*/keys/*'),
  change('DELETE', '/v1/kms/*/keys/*/cancel-deletion'),
]

export const exoscaleAllowList: readonly AllowedRequest[] = [
  { ...use('GET', '/zone'), anonymous: true },
  use('GET', '/kms-key'),
  change('POST', '/kms-key'),
  use('GET', '/kms-key/*'),
  use('GET', '/kms-key/*/list-key-rotations'),
  use('POST', '/kms-key/*/encrypt'),
  use('POST', '/kms-key/*/decrypt'),
  use('POST', '/kms-key/*/re-encrypt'),
  use('POST', '/kms-key/*/generate-data-key'),
  change('POST', '/kms-key/*/rotate'),
  change('POST', '/kms-key/*/enable-key-rotation'),
  change('POST', '/kms-key/*/disable-key-rotation'),
  change('POST', '/kms-key/*/enable'),
  change('POST', '/kms-key/*/disable'),
  change('POST', '/kms-key/*/schedule-deletion'),
  change('POST', '/kms-key/*/cancel-deletion'),
  change('POST', '/kms-key/*/replicate'),
  use('GET', '/api-key'),
  change('POST', '/api-key'),
  use('GET', '/api-key/*'),
  change('DELETE', '/api-key/*'),
  use('GET', '/iam-role'),
  use('GET', '/iam-role/*'),
  use('GET', '/operation/*'),
  { ...use('GET', '/event'), query: ['from', 'to'] },
]
