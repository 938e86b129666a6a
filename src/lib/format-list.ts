const format = new Intl.ListFormat('en-GB')

/** `a`, `a and b`, `a, b and c` */
export const formatList = (items: Iterable<string>): string => format.format(items)
