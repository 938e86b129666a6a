import { Fragment } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { locationPath, useConnections } from '../use-keys.ts'
import { CloudMark } from './CloudMark.tsx'

/** Where something lands: cloud, organisation, project, location. Stands in the key's head and in every dialog. */
export function LocationPath({ of }: { of: KmsKey }) {
  const words = locationPath(useConnections(), of)
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-fg-muted text-sm">
      <CloudMark cloud={of.cloud} />
      {words.map((word, index) => (
        <Fragment key={word}>
          {index === 0 ? null : (
            <span aria-hidden="true" className="text-fg-subtle/70">
              /
            </span>
          )}
          <span className={index === words.length - 1 ? 'font-mono text-mono' : ''}>{word}</span>
        </Fragment>
      ))}
    </span>
  )
}
