import { KeyRound, Plus, SearchX } from 'lucide-react'
import { useState } from 'react'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { FailedState } from '../../ui/FailedState.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { ChunkError } from '../../ui/lazy-section.tsx'
import { ProgressBar } from '../../ui/ProgressBar.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { Dialogs, Toasts } from './dialogs.tsx'
import { nothing, Row, Specimen } from './parts.tsx'

const banners = [
  { tone: 'ok', title: 'Imported.', text: 'Version 1 encrypts from now on.' },
  { tone: 'info', title: 'This key is a replica.', text: 'Changes are made in its first zone.' },
  { tone: 'warning', title: 'de-fra-1 does not answer.', text: 'Its keys are missing here; the rest is complete.' },
  { tone: 'danger', title: 'Destroyed in 9 d.', text: 'You can cancel until 1 Dec 2026 at 14:32 UTC.' },
] as const

function Announcements() {
  const [said, setSaid] = useState('')
  return (
    <Specimen name="Said to screen readers alone: when idle, at once">
      <Row>
        <Button onClick={() => setSaid(said === '' ? '12 of 38 keys' : '')}>
          {said === '' ? 'Say it' : 'Be silent'}
        </Button>
      </Row>
      <LiveRegion>{said}</LiveRegion>
      <LiveRegion urgent>{said}</LiveRegion>
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
        <Banner tone="danger" title="Not rotated." meta="POST …/rotate · 409 · request 91c0-22fe">
          Another change of this key is under way. Try again in a minute.
        </Banner>
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
      <Specimen name="No match">
        <EmptyState icon={SearchX} title="No match">
          38 keys are hidden by <b>Disabled</b>.
        </EmptyState>
      </Specimen>
      <Specimen name="Failed; asked again, with another way out">
        <FailedState
          title="This key could not be read"
          call="GET /v2/kms-key/0198"
          answer="403, request 4be1-77a0"
          onRetry={nothing}
        >
          The credentials in use may not read it. Ask for the permission, then retry.
        </FailedState>
        <FailedState
          title="No keys could be read"
          onRetry={nothing}
          retrying
          actions={<Button>Open Connections</Button>}
        />
      </Specimen>
      <Specimen name="A part that could not be fetched">
        <ChunkError onRetry={nothing} />
      </Specimen>
      <Specimen name="Skeleton">
        <div aria-busy="true" className="grid gap-3">
          <Skeleton width={180} height={14} />
          <Skeleton width="100%" />
          <Skeleton width="70%" />
        </div>
      </Specimen>
      <Specimen name="Progress: at its beginning, half-way, done">
        {[0, 23, 50].map((done) => (
          <ProgressBar key={done} label="Rotating keys" share={done / 50} detail={`${done} of 50 keys`} />
        ))}
      </Specimen>
      <Dialogs />
      <Toasts />
      <Announcements />
    </>
  )
}
