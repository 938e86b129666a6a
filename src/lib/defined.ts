/** The members that are not undefined, for types whose optional members must be absent rather than undefined. */
export const defined = <T extends object>(members: { readonly [K in keyof T]: T[K] | undefined }): T =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T
