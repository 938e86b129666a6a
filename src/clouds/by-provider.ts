import type { CloudId } from './model.ts'

/** What each provider has of one kind, by its id. */
export interface ByProvider<Part> {
  /** @returns a function that takes the part out again, for tests */
  readonly register: (cloud: CloudId, part: Part) => () => void
  /** @throws RangeError for an id that no provider has */
  readonly of: (cloud: CloudId) => Part
}

/** @param kind what is missing for an unknown provider, for the error */
export function byProvider<Part>(kind: string): ByProvider<Part> {
  const registered = new Map<CloudId, Part>()
  return {
    register(cloud, part) {
      registered.set(cloud, part)
      return () => void registered.delete(cloud)
    },
    of(cloud) {
      const part = registered.get(cloud)
      if (part === undefined) throw new RangeError(`No provider has ${kind} with the id ${cloud}`)
      return part
    },
  }
}
