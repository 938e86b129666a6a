import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { Code } from '../../ui/Code.tsx'

/** Key address that the header will hold, readable by anyone who has the file. */
export function StanzaKey({ of: key }: { of: KmsKey }) {
  const { longName, capabilities: traits } = cloudOf(key.cloud)
  return (
    <>
      {longName}, {traits.locationNoun} <Code>{key.location}</Code>, key <Code>{key.id}</Code>
      {key.projectId !== undefined && (
        <>
          , project <Code>{key.projectId}</Code>
        </>
      )}
    </>
  )
}
