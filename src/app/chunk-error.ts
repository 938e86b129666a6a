/** An upgrade has replaced the files that this tab was made of; the browsers say so in words of their own. */
export const isMissingChunk = (error: unknown): boolean =>
  error instanceof TypeError && /dynamically imported module|Importing a module script failed/i.test(error.message)
