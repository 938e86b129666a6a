import { ApiError } from './errors.ts'

export interface RegionInfo {
  readonly identity: string
  readonly slug: string
  readonly name: string
  readonly kmsAvailable: boolean
}

/** Regions; the second one has no KMS. */
export const regions: readonly RegionInfo[] = [
  { identity: 'reg-0000000000000000nl01', slug: 'nl-01', name: 'Netherlands 1', kmsAvailable: true },
  { identity: 'reg-0000000000000000nl02', slug: 'nl-02', name: 'Netherlands 2', kmsAvailable: false },
]

/** Region with KMS by slug or identity; 404 for an unknown one, 503 for one without KMS. */
export function regionNamed(slugOrIdentity: string): RegionInfo {
  const region = regions.find(({ slug, identity }) => slug === slugOrIdentity || identity === slugOrIdentity)
  if (!region) throw new ApiError(404, 'region not found')
  if (!region.kmsAvailable) throw new ApiError(503, 'KMS is not available in this region')
  return region
}
