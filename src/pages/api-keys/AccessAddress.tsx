import { PlacePath } from '../shared/LocationPath.tsx'
import type { Managed } from './use-access.ts'

/** Where API keys belong: a cloud, its organisation, and every location at once. */
export function AccessAddress({ of: { cloud, connection } }: { of: Managed }) {
  const owner = connection.mode === 'embedded' ? 'Local KMS' : (connection.organisation ?? 'Live')
  return <PlacePath cloud={cloud.id} words={[cloud.longName, owner, `all ${cloud.capabilities.locationNoun}s`]} />
}
