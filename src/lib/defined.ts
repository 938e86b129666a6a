/** The members that are not undefined, for types whose optional members must be absent rather than undefined. */
export function defined<T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T {
  const kept: Partial<T> = {}
  for (const name of Object.keys(members) as (keyof T)[]) {
    const value = members[name]
    if (value !== undefined) kept[name] = value
  }
  return kept as T
}
