import { Fragment } from 'react'
import type { CloudId, KmsKey } from '../../clouds/model.ts'
import { locationPath, useConnections } from '../use-keys.ts'
import { CloudMark } from './CloudMark.tsx'

/** A place as words, the cloud first and the location last. */
export const PlacePath = ({ cloud, words }: { cloud: CloudId; words: readonly string[] }) => (
  <span className="flex flex-wrap items-center gap-x-1.5 gap-y-1 text-fg-muted text-sm">
    <CloudMark cloud={cloud} />
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

/** Where something lands: cloud, organisation, project, location. Stands in the key's head and in every dialog. */
export const LocationPath = ({ of }: { of: KmsKey }) => (
  <PlacePath cloud={of.cloud} words={locationPath(useConnections(), of)} />
)
