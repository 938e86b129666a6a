import { useState } from 'react'
import { Link } from 'react-router'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { Row, Specimen } from './parts.tsx'

const dialogs = [
  { name: 'Dialog', look: {} },
  {
    name: 'Failed',
    look: {
      error: (
        <Banner tone="danger" title="Not disabled." meta="PATCH …/keys/app-config · 503">
          nl-01 does not answer. Try again in a minute.
        </Banner>
      ),
    },
  },
  { name: 'Busy, refuses to close', look: { busy: true } },
  { name: 'Wide, for secrets', look: { wide: true } },
  { name: 'Kept when pressed outside', look: { keep: true } },
]

export function Dialogs() {
  const [opened, setOpened] = useState<(typeof dialogs)[number]>()
  const close = () => setOpened(undefined)
  const busy = opened?.look.busy === true
  return (
    <Specimen name="Dialogs; they open in the window’s theme">
      <Row>
        {dialogs.map((dialog) => (
          <Button key={dialog.name} onClick={() => setOpened(dialog)}>
            {dialog.name}
          </Button>
        ))}
      </Row>
      <Dialog
        {...opened?.look}
        open={opened !== undefined}
        onClose={close}
        title="Disable app-config"
        address="Thalassa / nl-01 / app-config"
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
          <b>Encryption and decryption stop now</b> for everything this key protects. You can enable it again at any
          time.
        </p>
      </Dialog>
    </Specimen>
  )
}

export function Toasts() {
  const toast = useToast()
  return (
    <Specimen name="Toasts; they open in the window’s theme">
      <Row>
        <Button
          onClick={() =>
            toast.success('Rotated billing archive', {
              text: 'Version 8 encrypts now.',
              link: (
                <Link className="link" to="/keys">
                  View keys
                </Link>
              ),
            })
          }
        >
          Done
        </Button>
        <Button onClick={() => toast.info('Copied as curl')}>To know</Button>
        <Button onClick={() => toast.error('Could not rotate', { text: 'nl-01 does not answer.' })}>
          Failed, stays
        </Button>
      </Row>
    </Specimen>
  )
}
