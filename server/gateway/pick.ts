/** Members of a value that may be anything; absent ones are left out. */
export function pick(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return {}
  const members = value as Readonly<Record<string, unknown>>
  return Object.fromEntries(names.filter((name) => Object.hasOwn(members, name)).map((name) => [name, members[name]]))
}
