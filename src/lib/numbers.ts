const grouped = new Intl.NumberFormat('en-US')

/** `65,535` */
export const formatNumber = (value: number): string => grouped.format(value)

/** `1 key`, `38 keys` */
export const count = (value: number, one: string, many = `${one}s`): string =>
  `${formatNumber(value)} ${value === 1 ? one : many}`
