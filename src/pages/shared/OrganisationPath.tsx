import type { Cloud } from '../../clouds/cloud.ts'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { PlacePath } from './LocationPath.tsx'

/** A cloud with its connection. */
export interface ConnectedCloud {
  readonly cloud: Cloud
  readonly connection: CloudConnection
}

/** Where API keys and key stores belong: a cloud, its organisation, and every location at once. */
export function OrganisationPath({ of: { cloud, connection } }: { of: ConnectedCloud }) {
  const owner = connection.mode === 'embedded' ? 'Local KMS' : (connection.organisation ?? 'Live')
  return <PlacePath cloud={cloud.id} words={[cloud.longName, owner, `all ${cloud.capabilities.locationNoun}s`]} />
}
