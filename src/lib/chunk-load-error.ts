/**
 * Whether code of the console could not be fetched: the network is down, or an upgrade has replaced the files that this
 * tab was made of. The browsers say so in words of their own.
 */
export const isChunkLoadError = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|Importing a module script failed/i.test(error.message)
