/** Which clouds are live, from the variables that the vendors' own tools read. */
import { zones } from '../src/clouds/exoscale/rules.ts'

export type ThalassaCredential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'client'; readonly id: string; readonly secret: string }

export interface ThalassaConfig {
  /** Base URL without a trailing slash. */
  readonly endpoint: string
  readonly credential: ThalassaCredential
  readonly organisation: string
  readonly project: string | undefined
}

export interface ExoscaleConfig {
  /** Base URL without a trailing slash, `{zone}` where the zone's name goes. */
  readonly endpoint: string
  readonly key: string
  readonly secret: string
}

type Variables = Readonly<Record<string, string>>

const isSet = (set: Variables, names: readonly string[]) => names.filter((name) => set[name] !== undefined)

const checkUrl = (name: string, text: string, mistakes: string[], warnings: string[]): string => {
  const trimmed = text.replace(/\/+$/, '')
  const url = URL.parse(trimmed.replaceAll('{zone}', 'zone'))
  if (url === null || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    mistakes.push(`${name} must be a base URL such as https://host/path, without user, password, query or fragment`)
  } else if (url.protocol === 'http:' && !/^(localhost|127\..*|\[::1\])$/.test(url.hostname)) {
    warnings.push(`${name} is plain http: whoever listens on the way reads the credentials. Use https.`)
  }
  return trimmed
}

/** Values that go into a header; a line break or a letter outside ASCII there would only show as an odd failure later. */
const checkHeaderValues = (set: Variables, names: readonly string[], mistakes: string[]) => {
  for (const name of isSet(set, names)) {
    if (!/^[\x21-\x7e]+$/.test(set[name] ?? '')) {
      mistakes.push(`${name} must be printable ASCII without spaces; copy the value again`)
    }
  }
}

/** Two names for the same thing, because two of the vendor's tools read different ones. */
const either = (set: Variables, first: string, second: string, mistakes: string[]): string | undefined => {
  const [one, other] = [set[first], set[second]]
  if (one !== undefined && other !== undefined && one !== other) {
    mistakes.push(`${first} and ${second} mean the same and are set to different values; unset one of them`)
  }
  return one ?? other
}

const pat = 'THALASSA_PERSONAL_ACCESS_TOKEN (or THALASSA_API_TOKEN)'
const kindsOfCredential = `${pat}, THALASSA_ACCESS_TOKEN, or THALASSA_CLIENT_ID with THALASSA_CLIENT_SECRET`
const useLocalKms = 'to use the local KMS instead'

const readThalassaCredential = (set: Variables, mistakes: string[]): ThalassaCredential | undefined => {
  const token = either(set, 'THALASSA_PERSONAL_ACCESS_TOKEN', 'THALASSA_API_TOKEN', mistakes)
  const bearer = set.THALASSA_ACCESS_TOKEN
  const id = set.THALASSA_CLIENT_ID
  const secret = set.THALASSA_CLIENT_SECRET
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

/** Undefined when nothing of Thalassa is set, or when what is set is added to `mistakes`. */
export const readThalassa = (set: Variables, mistakes: string[], warnings: string[]): ThalassaConfig | undefined => {
  const before = mistakes.length
  const credential = readThalassaCredential(set, mistakes)
  const organisation = either(set, 'THALASSA_ORGANISATION_ID', 'THALASSA_ORGANISATION', mistakes)
  const scope = ['THALASSA_ORGANISATION_ID', 'THALASSA_ORGANISATION', 'THALASSA_PROJECT_ID']
  checkHeaderValues(
    set,
    ['THALASSA_PERSONAL_ACCESS_TOKEN', 'THALASSA_API_TOKEN', 'THALASSA_ACCESS_TOKEN', ...scope],
    mistakes,
  )
  const endpoint = checkUrl(
    'THALASSA_API_ENDPOINT',
    set.THALASSA_API_ENDPOINT ?? 'https://api.thalassa.cloud',
    mistakes,
    warnings,
  )
  if (credential === undefined) {
    const alone = isSet(set, ['THALASSA_API_ENDPOINT', ...scope])
    if (alone.length > 0 && mistakes.length === before) {
      mistakes.push(
        `${alone.join(', ')} set without a credential for Thalassa; set ${kindsOfCredential}, or unset ${alone.join(', ')} ${useLocalKms}`,
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

/** The place of the zone in an endpoint that the vendor's tools were given for one zone. */
const withZonePlace = (endpoint: string): string => {
  const zone = zones.find(({ name }) => endpoint.includes(name))
  return endpoint.includes('{zone}') || zone === undefined ? endpoint : endpoint.replace(zone.name, '{zone}')
}

/** Undefined when nothing of Exoscale is set, or when what is set is added to `mistakes`. */
export const readExoscale = (set: Variables, mistakes: string[], warnings: string[]): ExoscaleConfig | undefined => {
  const { EXOSCALE_API_KEY: key, EXOSCALE_API_SECRET: secret, EXOSCALE_API_ENDPOINT: given } = set
  checkHeaderValues(set, ['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'], mistakes)
  const endpoint = withZonePlace(
    checkUrl('EXOSCALE_API_ENDPOINT', given ?? 'https://api-{zone}.exoscale.com/v2', mistakes, warnings),
  )
  if (key !== undefined && secret !== undefined) {
    if (!endpoint.includes('{zone}')) {
      warnings.push('EXOSCALE_API_ENDPOINT has no {zone}: all zones are read from this one address.')
    }
    return { endpoint, key, secret }
  }
  const present = isSet(set, ['EXOSCALE_API_ENDPOINT', 'EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'])
  if (present.length > 0) {
    const missing = ['EXOSCALE_API_KEY', 'EXOSCALE_API_SECRET'].filter((name) => set[name] === undefined)
    mistakes.push(
      `${missing.join(' and ')} missing while ${present.join(', ')} is set; set the whole pair, or unset ${present.join(', ')} ${useLocalKms}`,
    )
  }
  return undefined
}
