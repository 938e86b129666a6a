import type { KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/queries.ts'
import { Mono } from '../../ui/Mono.tsx'

/** The address that the file will carry, readable by whoever has the file. */
export function WrittenKey({ of: key }: { of: KmsKey }) {
  const { longName, traits } = cloudOf(key.cloud)
  return (
    <>
      {longName}, {traits.locationWord} <Mono>{key.location}</Mono>, key <Mono>{key.id}</Mono>
      {key.projectId !== undefined && (
        <>
          , project <Mono>{key.projectId}</Mono>
        </>
      )}
    </>
  )
}
