import type { KeyAddress } from '../../../clouds/model.ts'
import { cloudOf, isCloudId } from '../../../clouds/registry.ts'
import type { FileStanza } from '../../../lib/age/kms-stanza.ts'
import { type SelectedKey, useSelectedKey } from '../../shared/use-selected-key.ts'
import { useConnections } from '../../use-keys.ts'

/** State of reading the key that a file names. */
export type OpeningKey =
  /** Why the key can't be requested, in one sentence. */
  { readonly refusal: string } | SelectedKey

/** Reads the key that a stanza names; idle without a stanza. */
export function useOpeningKey(stanza: FileStanza | undefined): OpeningKey {
  const connections = useConnections()
  const cloud = stanza && isCloudId(stanza.cloud) ? cloudOf(stanza.cloud) : undefined
  const connection = cloud && connections.find(({ id }) => id === cloud.id)
  // A gateway with a configured project always uses that project.
  const project = cloud?.projects && connection?.project === undefined ? stanza?.project : undefined
  const address: KeyAddress | undefined =
    stanza && cloud && connection
      ? { cloud: cloud.id, location: stanza.location, key: stanza.key, ...(project === undefined ? {} : { project }) }
      : undefined
  const chosen = useSelectedKey(address, [])
  if (!stanza) return chosen
  if (!cloud) return { refusal: `The file’s key is in “${stanza.cloud}”, a cloud that this console doesn’t know.` }
  if (!connection) return { refusal: `The file’s key is in ${cloud.longName}, which this console is not connected to.` }
  return chosen
}
