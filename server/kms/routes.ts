/** Finds the endpoint of a method and a path in a table of endpoints. */

interface Endpoint {
  readonly method: string
  /** Parameters are segments that are written `:name`. */
  readonly path: string
}

export interface Route<Id> {
  readonly id: Id
  /** Names of the path's parameters, and their values, percent-encoded, in the same order. */
  readonly names: readonly string[]
  readonly values: readonly string[]
}

/** Decoded path segment; unchanged if it is badly encoded. */
export function decoded(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}

const lastSegment = (path: string) => path.slice(path.lastIndexOf('/') + 1)

/**
 * Function that returns undefined for a path that the table does not have with a method.
 * @param value pattern of a parameter's value
 */
export function openRoutes<Id extends string>(
  endpoints: readonly (readonly [Id, Endpoint])[],
  { source: value } = /[^/]+/,
) {
  type Known = Omit<Route<Id>, 'values'> & { readonly pattern: RegExp }
  /** By method and last segment, which is empty for a parameter. */
  const known = new Map<string, Known[]>()
  for (const [id, { method, path }] of endpoints) {
    const pattern = new RegExp(`^${path.replaceAll(/\/:\w+/g, `/(${value})`)}$`)
    const names = [...path.matchAll(/\/:(\w+)/g)].map(([, name = '']) => name)
    const last = lastSegment(path)
    const name = `${method} ${last.startsWith(':') ? '' : last}`
    known.set(name, [...(known.get(name) ?? []), { id, names, pattern }])
  }
  const among = (name: string, path: string): Route<Id> | undefined => {
    for (const { id, names, pattern } of known.get(name) ?? []) {
      const found = pattern.exec(path)
      if (found) return { id, names, values: found.slice(1) }
    }
    return undefined
  }
  return (method: string, path: string): Route<Id> | undefined =>
    among(`${method} ${lastSegment(path)}`, path) ?? among(`${method} `, path)
}
