/**
 * Whether a chunk of the console could not be loaded: the network is down, or an upgrade has replaced the files of this
 * tab. Each browser has a message of its own.
 */
export const isChunkLoadError = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|Importing a module script failed/i.test(error.message)
