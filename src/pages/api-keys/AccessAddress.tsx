import { Fragment } from 'react'
import { CloudMark } from '../shared/CloudMark.tsx'
import type { Managed } from './use-access.ts'

/** Where API keys belong: a cloud, its organisation, and every location at once. */
export function AccessAddress({ of: { cloud, connection } }: { of: Managed }) {
  const owner = connection.mode === 'embedded' ? 'Local KMS' : (connection.organisation ?? 'Live')
  return (
    <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-fg-muted text-sm">
      <CloudMark cloud={cloud.id} />
      {[cloud.longName, owner, `all ${cloud.capabilities.locationNoun}s`].map((word, index) => (
        <Fragment key={word}>
          {index === 0 ? null : (
            <span aria-hidden="true" className="text-fg-subtle/70">
              /
            </span>
          )}
          <span className={index === 2 ? 'font-mono text-mono' : ''}>{word}</span>
        </Fragment>
      ))}
    </span>
  )
}
