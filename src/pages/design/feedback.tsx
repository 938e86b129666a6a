import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailedState } from '../../ui/FailedState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { nothing, Row, Specimen } from './parts.tsx'

const banners = [
  { tone: 'ok', title: 'Imported.', text: 'Version 1 encrypts from now on.' },
  { tone: 'info', title: 'This key is a replica.', text: 'Changes are made in its first zone.' },
  { tone: 'warning', title: 'de-fra-1 does not answer.', text: 'Its keys are missing here; the rest is complete.' },
  { tone: 'danger', title: 'Destroyed in 9 d.', text: 'You can cancel until 1 Dec 2026 at 14:32 UTC.' },
] as const

function Popups() {
  const toast = useToast()
  const [dialog, setDialog] = useState<'closed' | 'open' | 'busy' | 'failed'>('closed')
  const close = () => setDialog('closed')
  return (
    <Specimen name="Dialog and toasts; they open in the window’s theme">
      <Row>
        <Button onClick={() => setDialog('open')}>Dialog</Button>
        <Button onClick={() => setDialog('failed')}>Failed dialog</Button>
        <Button onClick={() => toast.success('Rotated billing archive', { text: 'Version 8 encrypts now.' })}>
          Toast
        </Button>
        <Button onClick={() => toast.info('Copied as curl')}>Info toast</Button>
        <Button onClick={() => toast.error('Could not rotate', { text: 'nl-01 does not answer.' })}>Error toast</Button>
      </Row>
      <Dialog
        open={dialog !== 'closed'}
        onClose={close}
        title="Disable app-config"
        address="Thalassa / nl-01 / app-config"
        error={
          dialog === 'failed' ? (
            <Banner tone="danger" title="Not disabled." meta="PATCH …/keys/app-config · 503">
              nl-01 does not answer. Try again in a minute.
            </Banner>
          ) : undefined
        }
        footer={
          <>
            <Button onClick={close}>Keep it active</Button>
            <Button variant="danger" onClick={close}>
              Disable
            </Button>
          </>
        }
      >
        <p>
          <b>Encryption and decryption stop now</b> for everything this key protects. You can enable it again at any
          time.
        </p>
      </Dialog>
    </Specimen>
  )
}

export function Feedback() {
  return (
    <>
      <Specimen name="Banners">
        {banners.map(({ tone, title, text }) => (
          <Banner key={tone} tone={tone} title={title} actions={<Button size="sm">Act</Button>}>
            {text}
          </Banner>
        ))}
      </Specimen>
      <Specimen name="Nothing here yet">
        <EmptyState
          icon={KeyRound}
          title="No keys yet"
          actions={
            <Button variant="primary" icon={Plus}>
              Create key
            </Button>
          }
        >
          Keys of all connected clouds are listed here.
        </EmptyState>
      </Specimen>
      <Specimen name="Failed">
        <FailedState
          title="This key could not be read"
          call="GET /v2/kms-key/0198"
          answer="403, request 4be1-77a0"
          onRetry={nothing}
        >
          The credentials in use may not read it. Ask for the permission, then retry.
        </FailedState>
      </Specimen>
      <Specimen name="Skeleton">
        <div aria-busy="true" className="grid gap-3">
          <Skeleton width={180} height={14} />
          <Skeleton width="100%" />
          <Skeleton width="70%" />
        </div>
      </Specimen>
      <Popups />
    </>
  )
}
