/** How texts and values are ordered. */

export type SortValue = string | number | undefined

/** Plain comparison of these puts `Key 2` before `key-10`, and É beside E. */
export function collationKey(text: string): string {
  const plain = /^[\0-\x7f]*$/.test(text) ? text : text.normalize('NFKD').replace(/\p{M}/gu, '')
  return plain.toLowerCase().replace(/\d+/g, (digits) => digits.padStart(12, '0'))
}

/** What has no value stands last. */
export function compare(a: SortValue, b: SortValue): number {
  if (a === b) return 0
  if (a === undefined) return 1
  if (b === undefined) return -1
  return a < b ? -1 : 1
}
