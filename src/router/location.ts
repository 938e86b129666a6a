/** A place in the app. */
export interface Location {
  readonly pathname: string
  /** With its question mark; empty without a query. */
  readonly search: string
  /** With its `#`; empty without one. */
  readonly hash: string
  /** What the navigation was given; lives as long as the entry of the history. */
  readonly state: unknown
  /** Of the entry of the history; `default` for one that the router did not make. */
  readonly key: string
}

type Place = Pick<Location, 'pathname' | 'search' | 'hash'>

/** Path, query and hash that a link leads to: `/keys?q=db`, or `?tab=code` of the place where it stands. */
export function placeOf(to: string, { pathname, search }: Pick<Location, 'pathname' | 'search'>): Place {
  const url = new URL(to, `http://console${pathname}${search}`)
  return { pathname: url.pathname, search: url.search, hash: url.hash }
}

/** The address without its origin. */
export const pathOf = ({ pathname, search, hash }: Place): string => `${pathname}${search}${hash}`

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export type Params = Readonly<Record<string, string | undefined>>

/** Values of the pattern's parameters, or undefined where the path is another; capitals and a last slash don't matter. */
export function matchPath(pattern: string, pathname: string): Params | undefined {
  const wanted = pattern.split('/').filter(Boolean)
  const given = pathname.replace(/\/$/, '').split('/').slice(1)
  if (wanted.length !== given.length) return undefined
  const params: Record<string, string> = {}
  for (const [place, part] of wanted.entries()) {
    const text = given[place] ?? ''
    if (part.startsWith(':') && text !== '') params[part.slice(1)] = decoded(text)
    else if (part.toLowerCase() !== text.toLowerCase()) return undefined
  }
  return params
}
