import { useQuery } from '@tanstack/react-query'
import { ChevronDown, KeyRound, PenLine } from 'lucide-react'
import { addressOf, type KeyVersion, type KmsKey } from '../../clouds/model.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count } from '../../lib/numbers.ts'
import { Link } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useEntryState } from '../entry-state.ts'
import { FailedCall } from '../shared/Failure.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { PublicKeyPanel } from './PublicKeyPanel.tsx'
import { commandGroup } from './use-key-page-commands.ts'

interface PublicKeyTabProps {
  kmsKey: KmsKey
  /** Undefined while the versions are read. */
  versions: readonly KeyVersion[] | undefined
  now: number
}

/** Panels shown at first: a key that rotates often has many versions. */
const AT_ONCE = 8

/** Public keys of all versions, the latest first. What was read stays when a status refuses to read it again. */
export function PublicKeyTab({ kmsKey: key, versions, now }: PublicKeyTabProps) {
  const verify = useLinks().playground(addressOf(key), { op: 'verify' })
  const refusal = cloudOf(key.cloud).publicKeyRefusal?.(key)
  const publicKeys = useQuery({ ...queries.publicKeys(key), enabled: refusal === undefined })
  const [wanted, setWanted] = useEntryState('public-keys', AT_ONCE)
  if (publicKeys.data === undefined && refusal !== undefined)
    return (
      <EmptyState icon={KeyRound} title="The public key can’t be read now">
        {refusal}
      </EmptyState>
    )
  if (publicKeys.data === undefined)
    return publicKeys.error ? (
      <FailedCall
        title="The public keys could not be read"
        error={publicKeys.error}
        retrying={publicKeys.isFetching}
        onRetry={() => void publicKeys.refetch()}
      />
    ) : (
      <LoadingPanel />
    )
  const all = [...publicKeys.data].sort(([a], [b]) => b - a)
  const more = all.length - wanted
  const showAll = () => setWanted(all.length)
  const showAllWords = `Show ${count(more, 'older version')}`
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="max-w-(--measure) min-w-0 flex-1 basis-80 text-fg-muted">
          A public key is not secret.{' '}
          {key.can.includes('sign')
            ? 'It verifies the signatures of its version without the KMS.'
            : 'It encrypts without the KMS; only the KMS decrypts.'}
        </p>
        {key.can.includes('sign') && (
          <>
            <Link to={verify} className={buttonClass({ className: 'sm:ml-auto' })}>
              <Icon of={PenLine} />
              Verify in playground
            </Link>
            <PageCommands
              title={commandGroup(key)}
              commands={[{ label: 'Verify in playground', icon: PenLine, run: verify }]}
            />
          </>
        )}
      </div>
      {all.slice(0, wanted).map(([version, text]) => (
        <PublicKeyPanel
          key={version}
          kmsKey={key}
          version={version}
          createdAt={versions?.find((one) => one.version === version)?.createdAt}
          text={text}
          now={now}
        />
      ))}
      {more > 0 && (
        <>
          <Button className="justify-self-start" onClick={showAll}>
            {showAllWords}
          </Button>
          <PageCommands
            title={commandGroup(key)}
            commands={[{ label: showAllWords, icon: ChevronDown, run: showAll }]}
          />
        </>
      )}
    </div>
  )
}

function LoadingPanel() {
  return (
    <div aria-busy="true" className="grid gap-3 rounded-lg border border-line p-3.5">
      <span className="sr-only">Reading the public keys</span>
      <Skeleton width={160} height={14} />
      <Skeleton width="80%" />
      <Skeleton width="70%" />
      <Skeleton width="75%" />
    </div>
  )
}
