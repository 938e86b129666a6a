/** A name that every file system takes, for a key's environment file. */
export const environmentFileName = (name: string): string =>
  `${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'api-key'
  }.env`
