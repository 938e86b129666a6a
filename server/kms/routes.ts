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

/**
 * Function that returns undefined for a path that the table does not have with a method.
 * @param value pattern of a parameter's value
 */
export function openRoutes<Id extends string>(
  endpoints: readonly (readonly [Id, Endpoint])[],
  { source: value } = /[^/]+/,
) {
  const byMethod = new Map<string, { id: Id; names: readonly string[]; pattern: RegExp }[]>()
  for (const [id, { method, path }] of endpoints) {
    const pattern = new RegExp(`^${path.replaceAll(/\/:\w+/g, `/(${value})`)}$`)
    const names = [...path.matchAll(/\/:(\w+)/g)].map(([, name = '']) => name)
    byMethod.set(method, [...(byMethod.get(method) ?? []), { id, names, pattern }])
  }
  return (method: string, path: string): Route<Id> | undefined => {
    for (const { id, names, pattern } of byMethod.get(method) ?? []) {
      const found = pattern.exec(path)
      if (found) return { id, names, values: found.slice(1) }
    }
    return undefined
  }
}
