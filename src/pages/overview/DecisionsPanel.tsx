import { ChevronDown, CircleCheck, Clock, CloudOff, Layers, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { addressOf } from '../../clouds/model.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { useEntryState } from '../entry-state.ts'
import { KeyLink } from '../shared/KeyLink.tsx'
import { KeyNameLink } from '../shared/KeyNameLink.tsx'
import { useKeyActions } from '../shared/key-actions/use-key-actions.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { acknowledge, undoAcknowledge } from './acknowledged.ts'
import type { Decision } from './decisions.ts'
import { formatFact, formatReason } from './labels.ts'
import { type NextStep, nextStepFor } from './next-steps.ts'

/** Rows shown at first, and at most. */
const FEW = 5
const MANY = 100

const icons = {
  overdue: { icon: Clock, ink: 'text-warning-fg' },
  behind: { icon: Layers, ink: 'text-warning-fg' },
  unanswered: { icon: CloudOff, ink: 'text-danger-fg' },
  deletion: { icon: Trash2, ink: 'text-danger-fg' },
} as const

const nameOf = (one: Decision) => (one.kind === 'unanswered' ? one.failure.names : one.key.name)

interface RowProps {
  of: Decision
  now: number
  /** Buttons at the end. */
  children: ReactNode
}

function Row({ of, now, children }: RowProps) {
  const { icon, ink } = icons[of.kind]
  return (
    <li className="flex items-center gap-x-3 gap-y-2 border-line border-b py-2 pr-2.5 pl-3.5 last:border-b-0 max-sm:flex-wrap">
      <Icon of={icon} className={`self-start mt-0.5 ${ink}`} />
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere] max-sm:basis-[calc(100%-28px)]">
        <p className="font-medium">
          {of.kind === 'unanswered' ? (
            <span className="mono">{of.failure.names}</span>
          ) : (
            <KeyNameLink kmsKey={of.key} className="underline" />
          )}{' '}
          {formatFact(of, now)}
        </p>
        <p className="text-fg-muted">{formatReason(of)}</p>
        {of.kind === 'unanswered' ? <p className="mono text-fg-muted">{of.failure.requests}</p> : null}
      </div>
      <div className="flex flex-none gap-1 max-sm:ml-7">{children}</div>
    </li>
  )
}

interface StepProps {
  step: NextStep
  of: Decision
  busy: boolean
  onStart: () => void
}

function StepButton({ step, of, busy, onStart }: StepProps) {
  const { label, named } = step
  if (!('tab' in step))
    return (
      <Button
        size="sm"
        busy={busy}
        disabledReason={step.disabledReason}
        aria-label={busy ? named.replace(label, step.busy) : named}
        onClick={onStart}
      >
        {busy ? step.busy : label}
      </Button>
    )
  if (of.kind === 'unanswered') return null
  return (
    <KeyLink to={addressOf(of.key)} tab={step.tab} aria-label={named} className={buttonClass({ size: 'sm' })}>
      {label}
    </KeyLink>
  )
}

interface DecisionsPanelProps {
  open: readonly Decision[]
  acknowledged: readonly Decision[]
  now: number
  /** Not everything has answered yet. */
  pending: boolean
  retrying: boolean
  onRetry: () => void
}

/** What needs a decision, the most urgent first, each with its next step. */
export function DecisionsPanel({ open, acknowledged, now, pending, retrying, onRetry }: DecisionsPanelProps) {
  const actions = useKeyActions()
  const links = useLinks()
  const [started, setStarted] = useState<string | undefined>()
  const [all, setAll] = useEntryState('all-decisions', false)
  const body = useRef<HTMLDivElement>(null)
  const pressed = useRef(false)
  // The pressed button is removed with its row: the panel takes the focus instead of the page.
  useEffect(() => {
    if (pressed.current && document.activeElement === document.body) body.current?.focus()
  })

  const shown = open.slice(0, all ? MANY : FEW)
  const items = shown.map((of) => {
    const step = nextStepFor(of)
    const busy = of.kind === 'unanswered' ? retrying : actions.running !== undefined && started === of.id
    function start() {
      pressed.current = true
      setStarted(of.id)
      if (of.kind === 'unanswered') onRetry()
      else if ('action' in step && step.action !== 'retry') actions.start(step.action, of.key)
    }
    return { of, step, busy, start }
  })
  const commands = items.map(({ of, step, busy, start }) => ({
    label: step.named,
    icon: step.icon,
    collapsed: shown.length > FEW,
    ...('tab' in step && of.kind !== 'unanswered'
      ? { detail: of.key.location, run: links.key(addressOf(of.key), { tab: step.tab }) }
      : { run: start, disabledReason: busy ? 'It is under way.' : 'action' in step ? step.disabledReason : undefined }),
  }))
  const more = `Show ${count(Math.min(open.length, MANY) - FEW, 'more item', 'more items')}`
  const hasMore = open.length > FEW && !all
  return (
    <section
      aria-label="Needs a decision"
      className="overflow-hidden rounded-lg border border-line bg-surface min-[1181px]:min-h-72"
    >
      <PageCommands
        commands={hasMore ? [...commands, { label: more, icon: ChevronDown, run: () => setAll(true) }] : commands}
      />
      <div ref={body} tabIndex={-1} className="outline-none">
        {open.length > 0 ? (
          <ul>
            {items.map(({ of, ...step }) => (
              <Row key={of.id} of={of} now={now}>
                <StepButton of={of} step={step.step} busy={step.busy} onStart={step.start} />
                <Button
                  size="sm"
                  variant="ghost"
                  aria-label={`Acknowledge ${nameOf(of)}`}
                  onClick={() => {
                    pressed.current = true
                    acknowledge(of)
                  }}
                >
                  Acknowledge
                </Button>
              </Row>
            ))}
          </ul>
        ) : pending ? (
          <div aria-busy="true" className="px-3.5 py-5">
            <Skeleton width={330} />
          </div>
        ) : (
          <p className="flex items-center gap-3 px-3.5 py-4 text-fg-muted">
            <Icon of={CircleCheck} className="text-ok-fg" />
            No rotation is overdue, no deletion is pending, and every replica is up to date.
          </p>
        )}
        {hasMore ? (
          <div className="border-line border-t p-1.5">
            <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
              {more}
            </Button>
          </div>
        ) : null}
        {open.length > shown.length && !hasMore ? (
          <p className="border-line border-t px-3.5 py-2 text-fg-muted">
            The first {formatNumber(MANY)} of {formatNumber(open.length)} are shown.
          </p>
        ) : null}
        {acknowledged.length > 0 ? (
          <details className="border-line border-t">
            <summary className="px-3.5 py-2 text-fg-muted">{formatNumber(acknowledged.length)} acknowledged</summary>
            <ul className="border-line border-t">
              {acknowledged.slice(0, MANY).map((of) => (
                <Row key={of.id} of={of} now={now}>
                  <Button
                    size="sm"
                    variant="ghost"
                    aria-label={`Undo acknowledgement of ${nameOf(of)}`}
                    onClick={() => {
                      pressed.current = true
                      undoAcknowledge(of)
                    }}
                  >
                    Undo
                  </Button>
                </Row>
              ))}
            </ul>
          </details>
        ) : null}
      </div>
      {actions.dialog}
    </section>
  )
}
