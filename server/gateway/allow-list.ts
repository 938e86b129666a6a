/** Requests that the gateway forwards to a provider: the endpoints that the console calls, and nothing else. */
import type { Endpoint } from '../../src/clouds/endpoint.ts'
import { type AnswerLimits, answerLimits } from './upstream.ts'

export interface AllowedRequest extends Endpoint {
  /** Matches the path below the provider's base URL; its groups are the parameters. */
  readonly pattern: RegExp
  readonly limits: AnswerLimits
}

/** A parameter with its name and value, without percent signs: decoding twice on the way could change the path. */
const PARAMETER = '/(?<$1>[A-Za-z0-9_-]{1,255})'

/** @param base prefix of the paths that is part of the base URL, such as `/v2` */
export const allowListOf = (endpoints: Readonly<Record<string, Endpoint>>, base = ''): readonly AllowedRequest[] =>
  Object.entries(endpoints)
    .filter(([, { forwarded }]) => forwarded !== false)
    .map(([id, endpoint]) => ({
      ...endpoint,
      limits: id.startsWith('list-') ? answerLimits.list : answerLimits.other,
      pattern: new RegExp(`^${endpoint.path.slice(base.length).replaceAll(/\/:(\w+)/g, PARAMETER)}$`),
    }))
