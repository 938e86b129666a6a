import type { QueryClient } from '@tanstack/react-query'
import { ArrowLeft, ArrowRight, Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react'
import { queries } from '../../clouds/queries.ts'
import { clouds } from '../../clouds/registry.ts'
import { isStorageBlocked } from '../../lib/browser-storage.ts'
import { Navigate } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { usePageCommands } from '../commands.ts'
import { Page } from '../shared/Page.tsx'
import { useLeaveGuard } from '../shared/use-leave-guard.ts'
import { useLinks, useProject } from '../use-project.ts'
import { CreationFailure } from './CreationFailure.tsx'
import { isEmptyDraft, mayHaveBeenCreated, newKeyOf } from './draft.ts'
import { DiscardDialog, LeaveDialog } from './LeaveDialogs.tsx'
import { stepLabelOf } from './labels.ts'
import { MaterialStep } from './MaterialStep.tsx'
import { NameStep } from './NameStep.tsx'
import { Summary, SummaryCode } from './Summary.tsx'
import { useCreateKey } from './use-create-key.tsx'
import { stepSearch, useWizard, type Wizard } from './use-wizard.ts'
import type { StepId } from './validate.ts'
import { WhereStep } from './WhereStep.tsx'

/** Starts reading the locations. */
export const load = (client: QueryClient) => () => {
  for (const { id } of clouds) void client.prefetchQuery(queries.locations(id))
  return null
}

const screens: Record<StepId, (wizard: Wizard) => ReactNode> = {
  where: WhereStep,
  material: MaterialStep,
  name: NameStep,
}

const FORM = 'create-key'

/** First field of a form: of a group of radio buttons the chosen one. */
const firstField = (form: HTMLFormElement) =>
  [...form.querySelectorAll<HTMLElement>('[role=radiogroup], input, [role=combobox]')]
    .map((field) =>
      field.matches('[role=radiogroup]')
        ? (field.querySelector<HTMLElement>('input:checked') ?? field.querySelector('input'))
        : field,
    )
    .at(0)

/** Focus after a step changed or was found invalid: the first invalid field, else the first field of the new step. */
function useStepFocus({ step, attempt, connections, locations }: Wizard) {
  const form = useRef<HTMLFormElement>(null)
  const seen = useRef<{ step: StepId; attempt: number }>(undefined)
  const ready = connections.length > 1 || locations.data !== undefined
  useEffect(() => {
    const last = seen.current
    if (!ready || !form.current || (last?.step === step && last.attempt === attempt)) return
    seen.current = { step, attempt }
    const wrong = form.current.querySelector<HTMLElement>('[aria-invalid="true"], [data-wrong] :is(input, button)')
    const chosen = wrong?.closest('[data-wrong]')?.querySelector<HTMLElement>('input:checked')
    if (wrong) return (chosen ?? wrong).focus()
    if (last?.step === step) return
    form.current.querySelector('h2')?.scrollIntoView({ block: 'nearest' })
    firstField(form.current)?.focus({ preventScroll: true })
  }, [step, attempt, ready])
  return form
}

interface WizardActions {
  readonly submit: () => void
  readonly discard: () => void
  /** The draft is not empty. */
  readonly dirty: boolean
  readonly creating: boolean
}

const isLast = ({ step, steps }: Wizard) => steps.at(-1) === step

/** Commands of the wizard in the palette. */
function useWizardCommands(wizard: Wizard, { submit, discard, dirty, creating }: WizardActions) {
  const { step, back, notAllowed } = wizard
  usePageCommands([
    isLast(wizard)
      ? {
          label: 'Create key',
          icon: Plus,
          run: submit,
          disabledReason: creating ? 'It is under way.' : notAllowed,
        }
      : { label: 'Continue', icon: ArrowRight, run: submit, keywords: 'next step' },
    {
      label: 'Back',
      icon: ArrowLeft,
      run: back,
      disabledReason: step === 'where' ? 'This is the first step.' : undefined,
      keywords: 'previous step',
    },
    {
      label: 'Discard draft…',
      icon: Trash2,
      run: discard,
      disabledReason: dirty ? undefined : 'Nothing was chosen or typed yet.',
    },
  ])
}

/** Summary as the review, and the button that goes on. */
function Review({ wizard, discard, dirty, creating }: WizardActions & { wizard: Wizard }) {
  const { step, back, notAllowed } = wizard
  const last = isLast(wizard)
  const label = creating ? 'Creating key' : last ? 'Create key' : 'Continue'
  return (
    <Panel
      title="Summary"
      end={
        dirty ? (
          <Button size="sm" variant="ghost" onClick={discard}>
            Discard draft
          </Button>
        ) : null
      }
      flush
      footer={
        <>
          {step === 'where' ? null : <Button onClick={back}>Back</Button>}
          <Button
            type="submit"
            form={FORM}
            variant="primary"
            busy={creating}
            disabledReason={last ? notAllowed : undefined}
            className="ml-auto"
          >
            {label}
          </Button>
        </>
      }
    >
      <Summary wizard={wizard} />
      {dirty && isStorageBlocked('sessionStorage') ? (
        <p className="px-3.5 pb-2.5 text-fg-subtle text-xs">This browser blocks storage: a reload loses the draft.</p>
      ) : null}
      {last && wizard.failure ? (
        <div className="px-3.5 pb-3.5">
          <CreationFailure wizard={wizard} />
        </div>
      ) : null}
    </Panel>
  )
}

/** Wizard that creates a key. */
export default function CreateKeyPage() {
  const wizard = useWizard()
  const { draft, step, steps, cloud, connection, location, material } = wizard
  const project = useProject()
  const released = useRef(false)
  const dirty = !isEmptyDraft(draft)
  const blocker = useLeaveGuard(useCallback(() => dirty && !released.current, [dirty]))
  const [discarding, setDiscarding] = useState(false)
  const form = useStepFocus(wizard)
  const release = () => {
    released.current = true
    wizard.forget()
  }
  const creation = useCreateKey({ onCreated: release, onRefused: wizard.refuse })

  const submit = () => {
    if (!isLast(wizard)) return wizard.next()
    const wrong = wizard.firstWrongStep()
    if (wrong) return wizard.go(wrong)
    if (!cloud || location === undefined || wizard.notAllowed !== undefined) return
    wizard.clearFailure()
    const place = { location, project: connection?.project }
    creation.mutate({ cloud, key: newKeyOf(draft, cloud.capabilities, place, material.ready?.wrapped) })
  }

  const actions = { submit, discard: () => setDiscarding(true), dirty, creating: creation.isPending }
  useWizardCommands(wizard, actions)

  const Screen = screens[step]
  const { title, later } = stepLabelOf(step, draft, cloud?.capabilities)
  return (
    <Page title="Create key" crumbs={[{ label: 'Keys', to: useLinks().keys() }]}>
      {wizard.redirected ? <Navigate to={`?${new URLSearchParams(stepSearch(step, project))}`} replace /> : null}
      <div className="grid max-w-[1048px] grid-cols-[minmax(0,1fr)_384px] items-start gap-6 pt-6 max-[1180px]:grid-cols-1 max-sm:gap-4 max-sm:pt-4">
        <form
          ref={form}
          id={FORM}
          noValidate
          aria-labelledby="step-heading"
          aria-describedby="step-note"
          className="max-w-160 min-w-0"
          onSubmit={(event) => {
            event.preventDefault()
            submit()
          }}
        >
          <h2 id="step-heading" className="scroll-mt-20 font-semibold text-[17px] leading-6 tracking-[-0.01em]">
            {title}
          </h2>
          <p id="step-note" className="mb-4 text-fg-subtle text-xs">
            Step {steps.indexOf(step) + 1} of {steps.length}. {later}
          </p>
          <Screen {...wizard} />
        </form>
        <aside
          aria-label="Summary and code"
          className="sticky top-[72px] grid min-w-0 gap-4 max-[1180px]:static max-[1180px]:max-w-160"
        >
          <Review wizard={wizard} {...actions} />
          {cloud && connection ? <SummaryCode wizard={wizard} cloud={cloud} connection={connection} /> : null}
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
