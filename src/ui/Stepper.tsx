import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { cx } from './classes.ts'

export interface Step {
  key: string
  label: string
  /** Text under the label: the chosen value of a completed step, else the question. */
  value?: ReactNode
}

interface StepperProps {
  /** Accessible name. */
  label: string
  steps: readonly Step[]
  /** Key of the current step; earlier steps are completed. */
  current: string
  /** Called with a completed step to go back to. */
  onGo?: (key: string) => void
  className?: string
}

/** Steps of a wizard, stacked with their values; on narrow screens a row of numbers and the current label. */
export function Stepper({ label, steps, current, onGo, className }: StepperProps) {
  const now = steps.findIndex((step) => step.key === current)
  return (
    <nav aria-label={label} className={className}>
      <ol className="grid max-sm:flex max-sm:items-center max-sm:gap-1.5">
        {steps.map((step, at) => {
          const state = at < now ? 'done' : at === now ? 'now' : 'later'
          const content = <StepContent step={step} number={at + 1} state={state} />
          return (
            <li
              key={step.key}
              aria-current={state === 'now' ? 'step' : undefined}
              className="relative min-h-13 pb-5 before:absolute before:top-[26px] before:bottom-1 before:left-2.5 before:w-px before:bg-line-strong last:min-h-0 last:pb-0 last:before:hidden max-sm:min-h-0 max-sm:pb-0 max-sm:before:hidden"
            >
              {state === 'done' && onGo ? (
                <button
                  type="button"
                  onClick={() => onGo(step.key)}
                  className="touch-target group flex gap-2.5 text-left"
                >
                  {content}
                </button>
              ) : (
                <span className="flex gap-2.5">{content}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

interface StepContentProps {
  step: Step
  number: number
  state: 'done' | 'now' | 'later'
}

const marks = {
  done: 'border-accent-border bg-accent-bg text-accent-fg',
  now: 'border-accent bg-accent text-accent-ink forced-color-adjust-none',
  later: 'border-control text-fg-muted',
}

function StepContent({ step, number, state }: StepContentProps) {
  return (
    <>
      <span
        className={cx(
          'grid size-[21px] shrink-0 place-items-center rounded-full border font-semibold text-2xs tabular-nums',
          marks[state],
        )}
      >
        {state === 'done' ? <Check size={12} strokeWidth={2.25} aria-hidden /> : number}
      </span>
      <span className={cx('min-w-0', state !== 'now' && 'max-sm:sr-only')}>
        <span
          className={cx(
            'block group-hover:underline group-hover:underline-offset-3',
            state === 'now' ? 'font-semibold' : 'font-medium',
            state === 'later' && 'text-fg-muted',
          )}
        >
          {step.label}
          {state === 'done' && <span className="sr-only">, done</span>}
        </span>
        {step.value && (
          <span className="block text-fg-subtle text-xs [overflow-wrap:anywhere] max-sm:hidden">{step.value}</span>
        )}
      </span>
    </>
  )
}
