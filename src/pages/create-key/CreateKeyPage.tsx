import type { QueryClient } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, PenLine, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { Navigate } from 'react-router'
import { queries } from '../../clouds/queries.ts'
import { readOnlyRefusal } from '../../clouds/refusals.ts'
import { clouds } from '../../clouds/registry.ts'
import { isStorageBlocked } from '../../lib/browser-storage.ts'
import { Button } from '../../ui/Button.tsx'
import { Stepper } from '../../ui/Stepper.tsx'
import { usePageCommands } from '../commands.ts'
import { Page } from '../shared/Page.tsx'
import { useLeaveGuard } from '../shared/use-leave-guard.ts'
import { useLinks, useProject } from '../use-project.ts'
import { DetailsStep } from './DetailsStep.tsx'
import { isEmptyDraft, mayHaveBeenCreated, newKeyOf, purposeOf } from './draft.ts'
import { DiscardDialog, LeaveDialog } from './LeaveDialogs.tsx'
import { LocationStep } from './LocationStep.tsx'
import { formatRotation, purposeLabels, stepLabels } from './labels.ts'
import { MaterialStep } from './MaterialStep.tsx'
import { PurposeStep } from './PurposeStep.tsx'
import { ReviewStep } from './ReviewStep.tsx'
import { RotationStep } from './RotationStep.tsx'
import { Summary } from './Summary.tsx'
import { useCreateKey } from './use-create-key.tsx'
import { stepSearch, useWizard, type Wizard } from './use-wizard.ts'
import { type StepId, steps } from './validate.ts'

/** Starts reading the locations. */
export const load = (client: QueryClient) => () => {
  for (const { id } of clouds) void client.prefetchQuery(queries.locations(id))
  return null
}

const screens: Record<StepId, (wizard: Wizard) => ReactNode> = {
  where: LocationStep,
  purpose: PurposeStep,
  details: DetailsStep,
  material: MaterialStep,
  rotation: RotationStep,
  review: ReviewStep,
}

/** Summary under each step's name: the choice once made, until then what the step asks. */
function stepSummaries({
  draft,
  capabilities,
  cloud,
  location,
  step,
  material,
}: Wizard): Record<StepId, string | undefined> {
  const done = (one: StepId) => steps.indexOf(one) <= steps.indexOf(step)
  const inputs = [
    'Name',
    capabilities?.labels && 'labels',
    capabilities?.exportAllowance && 'export',
    capabilities?.multiZone && 'multi-zone',
  ]
  return {
    where: [cloud?.name, location].filter(Boolean).join(', ') || undefined,
    purpose: capabilities && done('purpose') ? purposeLabels[purposeOf(draft, capabilities)].title : undefined,
    details: draft.name.trim() || (capabilities ? inputs.filter(Boolean).join(', ') : undefined),
    material: material.ready ? 'Your own, wrapped' : 'Wrapped key, hash',
    rotation: capabilities && done('rotation') ? formatRotation(draft, capabilities) : undefined,
    review: undefined,
  }
}

/** Focus after a step changed or was found invalid: the first invalid field, else the heading of the new step. */
function useStepFocus({ step, attempt }: Wizard) {
  const form = useRef<HTMLFormElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const seen = useRef({ step, attempt })
  useEffect(() => {
    const last = seen.current
    seen.current = { step, attempt }
    if (last.step === step && last.attempt === attempt) return
    const wrong = form.current?.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] :is(input, button)')
    if (wrong) wrong.focus()
    else if (last.step !== step) heading.current?.focus()
  }, [step, attempt])
  return { form, heading }
}

function DraftNote({ onDiscard }: { onDiscard: () => void }) {
  return (
    <div className="border-line border-t pt-3.5 text-fg-subtle text-xs max-sm:flex max-sm:gap-1.5 max-sm:border-t-0 max-sm:pt-0">
      {isStorageBlocked('sessionStorage')
        ? 'Draft kept until a reload: this browser blocks storage.'
        : 'Draft kept in this tab.'}
      <br className="max-sm:hidden" />
      <button type="button" className="link touch-target" onClick={onDiscard}>
        Discard
      </button>
    </div>
  )
}

interface WizardFooterProps {
  readonly wizard: Wizard
  readonly creating: boolean
}

const nextStepOf = ({ step, steps }: Wizard) => steps[steps.indexOf(step) + 1]

const continueTo = (step: StepId) => `Continue to ${stepLabels[step].linkText}`

function WizardFooter({ wizard, creating }: WizardFooterProps) {
  const { step, back, session } = wizard
  const following = nextStepOf(wizard)
  const readOnly = session.readOnly ? readOnlyRefusal : undefined
  return (
    <div className="flex items-center justify-between gap-2 pt-5">
      {step === 'where' ? <span /> : <Button onClick={back}>Back</Button>}
      {following ? (
        <Button type="submit" variant="primary" size="lg">
          {continueTo(following)}
        </Button>
      ) : (
        <Button type="submit" variant="primary" size="lg" busy={creating} disabledReason={readOnly}>
          {creating ? 'Creating key' : 'Create key'}
        </Button>
      )}
    </div>
  )
}

interface WizardCommands {
  readonly submit: () => void
  readonly discard: () => void
  /** The draft is not empty. */
  readonly dirty: boolean
  readonly creating: boolean
}

/** Commands of the wizard in the palette. */
function useWizardCommands(wizard: Wizard, { submit, discard, dirty, creating }: WizardCommands) {
  const { step, steps: walkedSteps, back, go, session } = wizard
  const following = nextStepOf(wizard)
  const done = walkedSteps.slice(0, walkedSteps.indexOf(step))
  usePageCommands([
    following
      ? { label: continueTo(following), icon: ArrowRight, run: submit, keywords: 'next step' }
      : {
          label: 'Create key',
          icon: Plus,
          run: submit,
          disabledReason: creating ? 'It is under way.' : session.readOnly ? readOnlyRefusal : undefined,
        },
    {
      label: 'Back',
      icon: ArrowLeft,
      run: back,
      disabledReason: step === 'where' ? 'This is the first step.' : undefined,
      keywords: 'previous step',
    },
    ...done.map((one) => ({
      label: `Change ${stepLabels[one].linkText}`,
      icon: PenLine,
      collapsed: true,
      keywords: 'step',
      run: () => go(one),
    })),
    {
      label: 'Discard draft…',
      icon: Trash2,
      run: discard,
      disabledReason: dirty ? undefined : 'Nothing was chosen or typed yet.',
    },
  ])
}

/** Wizard that creates a key. */
export default function CreateKeyPage() {
  const wizard = useWizard()
  const { draft, step, cloud, connection, location, material } = wizard
  const project = useProject()
  const released = useRef(false)
  const dirty = !isEmptyDraft(draft)
  const blocker = useLeaveGuard(useCallback(() => dirty && !released.current, [dirty]))
  const [discarding, setDiscarding] = useState(false)
  const { form, heading } = useStepFocus(wizard)
  const release = () => {
    released.current = true
    wizard.forget()
  }
  const creation = useCreateKey({ onCreated: release, onRefused: wizard.refuse })

  const submit = () => {
    if (step !== 'review') return wizard.next()
    const wrong = wizard.firstWrongStep()
    if (wrong) return wizard.go(wrong)
    if (!cloud || location === undefined || wizard.session.readOnly) return
    wizard.clearFailure()
    const place = { location, project: connection?.project }
    creation.mutate({ cloud, key: newKeyOf(draft, cloud.capabilities, place, material.ready?.wrapped) })
  }

  useWizardCommands(wizard, { submit, discard: () => setDiscarding(true), dirty, creating: creation.isPending })

  const Screen = screens[step]
  const values = stepSummaries(wizard)
  return (
    <Page title="Create key" crumbs={[{ label: 'Keys', to: useLinks().keys() }]}>
      {wizard.redirected ? <Navigate to={`?${new URLSearchParams(stepSearch(step, project))}`} replace /> : null}
      <div className="grid max-w-[1224px] grid-cols-[152px_minmax(0,1fr)_384px] items-start gap-6 pt-6 max-[1180px]:grid-cols-[152px_minmax(0,1fr)] max-sm:grid-cols-1 max-sm:gap-4 max-sm:pt-4">
        <div className="sticky top-[72px] grid gap-5 max-sm:static max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:justify-between max-sm:gap-3">
          <Stepper
            label="Steps"
            current={step}
            steps={wizard.steps.map((one) => ({ key: one, label: stepLabels[one].name, value: values[one] }))}
            onGo={(key) => wizard.go(steps.find((one) => one === key) ?? 'where')}
          />
          {dirty ? <DraftNote onDiscard={() => setDiscarding(true)} /> : null}
        </div>
        <form
          ref={form}
          noValidate
          aria-labelledby="step-heading"
          className="max-w-160 min-w-0"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <h2
            id="step-heading"
            ref={heading}
            tabIndex={-1}
            className="mb-3.5 scroll-mt-20 font-semibold text-[17px] leading-6 tracking-[-0.01em] outline-none"
          >
            {stepLabels[step].heading}
          </h2>
          <Screen {...wizard} />
          <WizardFooter wizard={wizard} creating={creation.isPending} />
        </form>
        <aside
          aria-label="Summary and code"
          className="sticky top-[72px] grid min-w-0 gap-4 max-[1180px]:static max-[1180px]:col-start-2 max-sm:col-start-1"
        >
          <Summary wizard={wizard} />
        </aside>
      </div>
      <LeaveDialog
        blocker={blocker}
        onDiscard={release}
        losesMaterial={material.text !== ''}
        uncertain={wizard.failure !== undefined && mayHaveBeenCreated(wizard.failure.error)}
      />
      <DiscardDialog
        open={discarding}
        onClose={() => setDiscarding(false)}
        onDiscard={() => {
          setDiscarding(false)
          wizard.reset()
          wizard.go('where')
        }}
      />
    </Page>
  )
}
