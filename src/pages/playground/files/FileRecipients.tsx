import { detailsOf } from '../../../clouds/errors.ts'
import { addressOf } from '../../../clouds/model.ts'
import { cloudOf, isCloudId } from '../../../clouds/registry.ts'
import type { FileStanza } from '../../../lib/age/kms-stanza.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Code } from '../../../ui/Code.tsx'
import { PropertyList } from '../../../ui/PropertyList.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'
import { CloudMark } from '../../shared/CloudMark.tsx'
import { FailedCall } from '../../shared/Failure.tsx'
import { KeyLink } from '../../shared/KeyLink.tsx'
import { KeyStatus } from '../../shared/KeyStatus.tsx'
import { useNow } from '../../shared/use-now.ts'
import type { Recipients } from './recipients.ts'
import type { OpeningKey } from './use-opening-key.ts'

interface FileRecipientsProps {
  readonly recipients: Recipients
  readonly opening: OpeningKey
}

const listed = new Intl.ListFormat('en')

function Foreign({ recipients }: { recipients: Exclude<Recipients, { kind: 'key' }> }) {
  if (recipients.kind === 'unknown-form')
    return (
      <Banner tone="danger" title="The header names a key in a form that this version doesn’t know.">
        A newer console may have made the file, or the header was altered.
      </Banner>
    )
  const { others } = recipients
  return (
    <Banner
      tone="danger"
      title={
        others.length === 0
          ? 'This age file has no recipient.'
          : `This file was encrypted for ${listed.format(others)}.`
      }
    >
      This console decrypts only files that it encrypted. Use the tool that made this one.
    </Banner>
  )
}

function Place({ stanza: { cloud, location } }: { stanza: FileStanza }) {
  if (!isCloudId(cloud)) return <Code>{`${cloud} ${location}`}</Code>
  return (
    <span className="flex flex-wrap items-center gap-2">
      <CloudMark cloud={cloud} />
      {cloudOf(cloud).longName} <Code>{location}</Code>
    </span>
  )
}

function Key({ opening }: { opening: OpeningKey }) {
  const now = useNow()
  if ('refusal' in opening) return 'Not reachable here'
  const { key, loading } = opening
  if (loading) return <Skeleton width={120} />
  if (!key) return 'Not found here'
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <KeyLink to={addressOf(key)} className="link font-medium">
        {key.name}
      </KeyLink>
      <KeyStatus kmsKey={key} now={now} />
    </span>
  )
}

function Problem({ opening }: { opening: OpeningKey }) {
  if ('refusal' in opening)
    return (
      <Banner tone="warning" title={opening.refusal}>
        Decrypt the file on a console that is connected to it, or in a terminal with its credentials.
      </Banner>
    )
  const { error, retry } = opening
  if (!error) return null
  if (detailsOf(error).reason === 'not-found')
    return (
      <Banner tone="danger" title="The file’s key was not found.">
        It was destroyed, belongs to another organisation or project, or your role does not see it. Without the key
        nobody can decrypt the file.
      </Banner>
    )
  return <FailedCall title="The file’s key could not be read" error={error} onRetry={retry} />
}

/** Recipients of a file, and whether its key is available. */
export function FileRecipients({ recipients, opening }: FileRecipientsProps) {
  if (recipients.kind !== 'key')
    return (
      <div className="p-2.5">
        <Foreign recipients={recipients} />
      </div>
    )
  const { stanza, others } = recipients
  return (
    <div className="grid gap-3 p-3.5 max-sm:px-(--gutter)" aria-busy={'loading' in opening && opening.loading}>
      <PropertyList
        tight
        items={[
          { name: 'Key', value: <Key opening={opening} /> },
          { name: 'Place', value: <Place stanza={stanza} /> },
          { name: 'Key id', value: <Code>{stanza.key}</Code> },
          ...(stanza.project === undefined ? [] : [{ name: 'Project', value: <Code>{stanza.project}</Code> }]),
          ...(stanza.version === undefined ? [] : [{ name: 'Version', value: stanza.version }]),
          { name: 'Format', value: 'age v1' },
          ...(others.length === 0 ? [] : [{ name: 'Also for', value: listed.format(others) }]),
        ]}
      />
      <Problem opening={opening} />
    </div>
  )
}
