import { ChevronDown, CircleCheck, Clock, Info, Layers, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'react-router'
import { addressOf } from '../../clouds/model.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { Icon, type IconType } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { useEntryState } from '../entry-state.ts'
import { KeyLink } from '../shared/KeyLink.tsx'
import { KeyNameLink } from '../shared/KeyNameLink.tsx'
import { type KeyActions, useKeyActions } from '../shared/key-actions/use-key-actions.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useLinks } from '../use-project.ts'
import { formatAttention } from './labels.ts'
import { nextStepFor } from './next-steps.ts'
import type { AttentionItem } from './posture.ts'

/** Rows shown at first, and at most. */
const FEW = 5
const MANY = 100

const icons: Readonly<Record<AttentionItem['kind'], { readonly icon: IconType; readonly ink: string }>> = {
  pending: { icon: Trash2, ink: 'text-danger-fg' },
  overdue: { icon: Clock, ink: 'text-warning-fg' },
  behind: { icon: Layers, ink: 'text-warning-fg' },
  unrotated: { icon: Info, ink: 'text-info-fg' },
}

interface NextStepProps {
  of: AttentionItem
  actions: KeyActions
  /** The item's own action is running. */
  busy: boolean
  onStart: () => void
}

function NextStepButton({ of, actions, busy, onStart }: NextStepProps) {
  const { key } = of
  const step = nextStepFor(of)
  const { label, named } = step
  if ('tab' in step)
    return (
      <KeyLink to={addressOf(key)} tab={step.tab} aria-label={named} className={buttonClass({ size: 'sm' })}>
        {label}
      </KeyLink>
    )
  return (
    <Button
      size="sm"
      busy={busy}
      disabledReason={step.disabledReason}
      aria-label={busy ? named.replace(label, step.busy) : named}
      onClick={() => {
        onStart()
        actions.start(step.action, key)
      }}
    >
      {busy ? step.busy : label}
    </Button>
  )
}

function AttentionRow({ now, ...props }: NextStepProps & { now: number }) {
  const { of } = props
  const { icon, ink } = icons[of.kind]
  const { rest, text } = formatAttention(of, now)
  return (
    <li className="flex min-h-16 items-center gap-3 border-line border-b py-2.5 pr-2.5 pl-3.5 last:border-b-0 max-sm:flex-wrap">
      <Icon of={icon} className={`mb-5 max-sm:mb-0 max-sm:self-start ${ink}`} />
      <div className="min-w-0 flex-1 max-sm:basis-[calc(100%-28px)]">
        <p className="font-medium [overflow-wrap:anywhere]">
          <KeyNameLink kmsKey={of.key} className="underline" /> {rest}
          {of.kind === 'behind' ? <span className="mono"> {of.location}</span> : null}
        </p>
        <p className="text-fg-muted">{text}</p>
      </div>
      <div className="max-sm:ml-7">
        <NextStepButton {...props} />
      </div>
    </li>
  )
}

const lists = [
  { kind: 'pending', label: 'Pending deletion', search: { status: 'pending' } },
  { kind: 'overdue', label: 'Overdue', search: { rotation: 'overdue' } },
  { kind: 'unrotated', label: 'Never rotated', search: { rotation: 'never' } },
] as const

/** Links to the key list for the items beyond the maximum. */
function FilteredListLinks({ items }: { items: readonly AttentionItem[] }) {
  const links = useLinks()
  return (
    <>
      <span className="text-fg-muted">{formatNumber(items.length - MANY)} more in the list of keys:</span>
      {lists
        .filter(({ kind }) => items.some((one) => one.kind === kind))
        .map(({ kind, label, search }) => (
          <Link key={kind} to={links.keys(search)} className="link">
            {label}
          </Link>
        ))}
    </>
  )
}

const idOf = ({ key }: AttentionItem) => `${key.cloud}/${key.location}/${key.id}`

interface AttentionPanelProps {
  items: readonly AttentionItem[]
  now: number
  /** Some lists were not read, or not yet. */
  partly: boolean
}

/** Keys that need attention, the most urgent first, each with its next step. */
export function AttentionPanel({ items, now, partly }: AttentionPanelProps) {
  const actions = useKeyActions()
  const links = useLinks()
  const [started, setStarted] = useState<string | undefined>()
  const [all, setAll] = useEntryState('all-waiting-keys', false)
  const body = useRef<HTMLDivElement>(null)
  // The pressed button is removed with its row: the panel takes the focus instead of the page.
  const gone = started !== undefined && !items.some((one) => idOf(one) === started)
  useEffect(() => {
    if (gone && document.activeElement === document.body) body.current?.focus()
  }, [gone])

  const shown = items.slice(0, all ? MANY : FEW)
  const isBusy = (one: AttentionItem) => actions.running !== undefined && started === idOf(one)
  const offered = shown.map((one) => {
    const { key } = one
    const step = nextStepFor(one)
    return {
      label: step.named,
      icon: step.icon,
      detail: key.location,
      collapsed: shown.length > FEW,
      ...('tab' in step
        ? { run: links.key(addressOf(key), { tab: step.tab }) }
        : {
            disabledReason: isBusy(one) ? 'It is under way.' : step.disabledReason,
            run() {
              setStarted(idOf(one))
              actions.start(step.action, key)
            },
          }),
    }
  })
  const more = `Show ${count(Math.min(items.length, MANY) - FEW, 'more key', 'more keys')}`
  const footer = () => {
    if (items.length <= FEW) return undefined
    if (!all)
      return (
        <Button size="sm" variant="ghost" onClick={() => setAll(true)}>
          {more}
        </Button>
      )
    return items.length > MANY ? <FilteredListLinks items={items} /> : undefined
  }
  return (
    <Panel title="Waiting for you" flush footer={footer()}>
      <PageCommands
        commands={
          items.length > FEW && !all
            ? [...offered, { label: more, icon: ChevronDown, run: () => setAll(true), keywords: 'waiting' }]
            : offered
        }
      />
      <div ref={body} tabIndex={-1} className="h-full outline-none">
        {items.length === 0 ? (
          <p className="flex items-center gap-3 px-3.5 py-4 text-fg-muted">
            <Icon of={CircleCheck} className="text-ok-fg" />
            {partly
              ? 'Of what was read, no deletion is pending and no rotation is overdue.'
              : 'No deletion is pending, no rotation is overdue, and every replica is in step.'}
          </p>
        ) : (
          <ul className={shown.length >= 3 ? 'grid h-full auto-rows-fr max-sm:h-auto max-sm:auto-rows-auto' : ''}>
            {shown.map((one) => (
              <AttentionRow
                key={idOf(one)}
                of={one}
                now={now}
                actions={actions}
                busy={isBusy(one)}
                onStart={() => setStarted(idOf(one))}
              />
            ))}
          </ul>
        )}
      </div>
      {actions.dialog}
    </Panel>
  )
}
