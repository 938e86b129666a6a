/** A key's address as one text: a search parameter, a value of a filter, the id of an option. */
import type { CloudId, KeyAddress } from '../clouds/model.ts'
import { cloudOf, isCloudId } from '../clouds/registry.ts'

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** `cloud/nl-01/kms-…`. Location and key are percent-encoded, since ids may hold a slash. */
export const formatKeyAddress = ({ cloud, location, key }: { cloud: CloudId; location: string; key: string }): string =>
  [cloud, encodeURIComponent(location), encodeURIComponent(key)].join('/')

interface ParseOptions {
  /** Project of the key, kept where the cloud has projects. */
  readonly project?: string | undefined
  /** Takes `cloud//kms-…` too: a log names keys whose location it doesn't know. */
  readonly locationOptional?: boolean
}

/** The address in `cloud/location/key`; undefined for anything else. */
export function parseKeyAddress(
  text: string,
  { project, locationOptional = false }: ParseOptions = {},
): KeyAddress | undefined {
  const [cloud, encodedLocation, encodedKey, ...rest] = text.split('/')
  if (!cloud || !isCloudId(cloud) || encodedLocation === undefined || !encodedKey || rest.length > 0) return undefined
  const location = decode(encodedLocation)
  const key = decode(encodedKey)
  if (location === undefined || key === undefined || (location === '' && !locationOptional)) return undefined
  return { cloud, location, key, ...(project !== undefined && cloudOf(cloud).projects ? { project } : {}) }
}
