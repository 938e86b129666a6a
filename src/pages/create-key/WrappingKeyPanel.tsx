import { useQuery } from '@tanstack/react-query'
import { Download } from 'lucide-react'
import { useMemo } from 'react'
import type { Cloud } from '../../clouds/cloud.ts'
import { queries } from '../../clouds/queries.ts'
import { download } from '../../lib/download.ts'
import { toHex } from '../../lib/encodings.ts'
import { fromPem } from '../../lib/pem.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import { useFingerprint } from '../shared/use-fingerprint.ts'

function Fingerprint({ pem }: { pem: string }) {
  const fingerprint = useFingerprint(useMemo(() => fromPem(pem), [pem]))
  return (
    <div className="grid gap-2 text-xs">
      <dl className="grid gap-0.5">
        <dt className="text-fg-muted">SHA-256 fingerprint</dt>
        <dd className="mono [overflow-wrap:anywhere]">
          {fingerprint === undefined ? (
            <Skeleton width={240} />
          ) : fingerprint ? (
            toHex(fingerprint)
          ) : (
            'Only available over HTTPS or on this computer.'
          )}
        </dd>
      </dl>
      <p className="text-fg-subtle">
        Compare it with your file:{' '}
        <code className="mono-xs [overflow-wrap:anywhere]">
          openssl pkey -pubin -in wrapping.pem -outform DER | openssl sha256
        </code>
      </p>
    </div>
  )
}

const FILE = 'wrapping.pem'

/** Public key with which material for a location is wrapped. */
export function WrappingKeyPanel({ cloud, location }: { cloud: Cloud; location: string }) {
  const { data: pem, error, isFetching, refetch } = useQuery(queries.wrappingKey(cloud.id, location))
  return (
    <Panel
      level={3}
      title={`Wrapping key of ${location}`}
      end={
        pem === undefined ? null : (
          <>
            <PageCopyButton text={pem} what="wrapping key" />
            <Button size="sm" icon={Download} onClick={() => download(FILE, pem)}>
              Download {FILE}
            </Button>
            <PageCommands
              commands={[
                { label: `Download ${FILE}`, icon: Download, run: () => download(FILE, pem), keywords: 'wrapping key' },
              ]}
            />
          </>
        )
      }
    >
      {pem !== undefined ? (
        <Fingerprint pem={pem} />
      ) : error ? (
        <FailedCall
          title="The wrapping key could not be read"
          error={error}
          onRetry={() => void refetch()}
          retrying={isFetching}
        />
      ) : (
        <div aria-busy="true" className="grid h-[76px] content-start gap-2.5">
          <span className="sr-only">Reading the wrapping key</span>
          <Skeleton width="70%" />
        </div>
      )}
    </Panel>
  )
}
