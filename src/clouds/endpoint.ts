/** One endpoint of a provider's API, as the tables `clouds/<id>/endpoints.ts` describe it. */
export interface Endpoint {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path on the API's host. A segment that begins with `:` is a parameter: `/v1/kms/:location/keys/:key`. */
  readonly path: string
  /** `use`: works with a key and changes nothing. A read-only gateway refuses `change`. */
  readonly effect: 'read' | 'use' | 'change'
  /** What a successful answer gives away; absent for an answer that holds no secret. */
  readonly reveals?: 'plaintext' | 'key-material' | 'secret'
  /** Kind of activity, by its id in the activity vocabulary; absent for calls that are not named there. */
  readonly activity?: string
  /** Names of the query arguments that the gateway passes on. */
  readonly query?: readonly string[]
  /** Sent without credentials, as the vendor's clients do. */
  readonly anonymous?: true
  /** False: the console never calls it, so the gateway refuses it. */
  readonly forwarded?: false
}
