import { KeyRound } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailedState } from '../../ui/FailedState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { ChunkError } from '../../ui/lazy-section.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { nothing, Row, Specimen } from './parts.tsx'

const banners = [
  { tone: 'ok', title: 'Imported.', text: 'Version 1 encrypts from now on.' },
  { tone: 'info', title: 'This key is a replica.', text: 'Changes are made in its first zone.' },
  { tone: 'warning', title: 'de-fra-1 does not answer.', text: 'Its keys are missing here; the rest is complete.' },
  { tone: 'danger', title: 'Destroyed in 9 d.', text: 'You can cancel until 1 Dec 2026 at 14:32 UTC.' },
] as const

const dialogs = [
  { name: 'Dialog', busy: false },
  { name: 'Busy, refuses to close', busy: true },
]

function Dialogs() {
  const toast = useToast()
  const [opened, setOpened] = useState<(typeof dialogs)[number]>()
  const close = () => setOpened(undefined)
  const busy = opened?.busy === true
  return (
    <Row>
      {dialogs.map((dialog) => (
        <Button key={dialog.name} onClick={() => setOpened(dialog)}>
          {dialog.name}
        </Button>
      ))}
      <Dialog
        open={opened !== undefined}
        busy={busy}
        onClose={close}
        title="Disable app-config"
        footer={
          <>
            <Button onClick={close}>{busy ? 'Let it answer' : 'Keep it active'}</Button>
            <Button variant="danger" busy={busy} onClick={close}>
              {busy ? 'Disabling' : 'Disable'}
            </Button>
          </>
        }
      >
        <p>
          <b>Encryption and decryption stop now.</b> You can enable the key again at any time.
        </p>
      </Dialog>
      <Button onClick={() => toast.success('Rotated billing archive', { text: 'Version 8 encrypts now.' })}>
        Toast
      </Button>
      <Button onClick={() => toast.error('Could not rotate', { text: 'nl-01 does not answer.' })}>
        Toast of a failure
      </Button>
    </Row>
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
      <Specimen name="Empty">
        <EmptyState icon={KeyRound} title="No keys yet" actions={<Button variant="primary">Create key</Button>}>
          Keys of all connected clouds are listed here.
        </EmptyState>
      </Specimen>
      <Specimen name="Failed">
        <FailedState title="This key could not be read" call="GET /v2/kms-key/0198" answer="403" onRetry={nothing}>
          The credentials in use may not read it. Ask for the permission, then retry.
        </FailedState>
      </Specimen>
      <Specimen name="A part that could not be fetched">
        <ChunkError onRetry={nothing} />
      </Specimen>
      <Specimen name="Being read, progress, and an announcement for screen readers">
        <Skeleton width="70%" />
        <ProgressBar label="Rotating keys" share={23 / 50} detail="23 of 50 keys" />
        <LiveRegion>23 of 50 keys</LiveRegion>
      </Specimen>
      <Specimen name="Dialogs and toasts">
        <Dialogs />
      </Specimen>
    </>
  )
}
