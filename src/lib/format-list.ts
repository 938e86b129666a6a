/** `a`, `a and b`, `a, b and c` */
export function formatList(items: Iterable<string>): string {
  const all = [...items]
  const last = all.pop() ?? ''
  return all.length === 0 ? last : `${all.join(', ')} and ${last}`
}
