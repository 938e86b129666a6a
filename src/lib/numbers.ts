/** `65,535`, of a whole number. By hand, since the first use of Intl takes longer than the rest of a page's code. */
export const formatNumber = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ',')

/** `1 key`, `38 keys` */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${formatNumber(value)} ${value === 1 ? one : many}`
