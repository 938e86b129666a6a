import { useSuspenseQuery } from '@tanstack/react-query'
import { Check, Undo2, X } from 'lucide-react'
import { isAdmin } from '../../clouds/gateway/allowed.ts'
import type { Decision } from '../../clouds/gateway/approval-calls.ts'
import { type Approval, approvedActivities, isOpen } from '../../clouds/gateway/approvals.ts'
import { refusalFor } from '../../clouds/permissions.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { fullAddress } from '../../lib/base-path.ts'
import { formatAgo, formatRelative } from '../../lib/dates.ts'
import { Link, useLocation } from '../../router/react.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { buttonClass } from '../../ui/classes.ts'
import type { Links } from '../paths.ts'
import { patterns } from '../patterns.ts'
import { useNow } from '../shared/use-now.ts'
import { useLinks } from '../use-project.ts'
import { actionOf, stateLabels, stateText } from './labels.ts'

const isEmpty = (body: unknown) =>
  body === undefined || (typeof body === 'object' && body !== null && Object.keys(body).length === 0)

/** Scrolls to the request that a link names. */
const show = (element: HTMLElement | null) => element?.scrollIntoView({ block: 'center' })

interface ApprovalCardProps {
  approval: Approval
  onDecide: (decision: Decision) => void
}

/** Where the call of a request is made: the page of its key, or the API keys. */
const placeOf = ({ provider, location, key, project }: Approval, links: Links): string =>
  key && location !== undefined
    ? links.key({ cloud: provider, location, key: key.id, ...(project !== undefined && { project }) })
    : links.apiKeys()

/** One request for approval: what, who, why, until when, and what the person can do about it. */
export function ApprovalCard({ approval, onDecide }: ApprovalCardProps) {
  const { data: session } = useSuspenseQuery(queries.session())
  const { person } = session
  const now = useNow()
  const { state, kind, key, project, asker, reason, askedAt, expiresAt, provider, location, method, path, body } =
    approval
  const isOwn = asker.subject === person?.subject
  const refusal = refusalFor(approvedActivities[kind], { cloud: provider, location, project }, session)
  const { label, tone } = stateLabels[state]
  const { verb, object } = actionOf(approval)
  const goal = placeOf(approval, useLinks())
  const text = stateText(approval, isOwn)
  const place = [cloudOf(provider).longName, location].filter(Boolean).join(', ')
  const isLinked = useLocation().hash === `#${approval.id}`
  const isDecidable = state === 'waiting' && !isOwn
  const isWithdrawable = (state === 'waiting' || state === 'approved') && (isOwn || isAdmin(person?.grants ?? []))
  return (
    <li
      ref={isLinked ? show : undefined}
      className={`grid gap-2 border-line border-b px-3.5 py-3 last:border-b-0 ${isLinked ? 'bg-active' : ''}`}
    >
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="wrap-anywhere min-w-0 font-semibold text-base">
          {verb}{' '}
          <Link to={goal} className="font-medium underline decoration-control underline-offset-3">
            {object}
          </Link>
        </h3>
        <Badge tone={tone}>{label}</Badge>
        <span className="text-fg-subtle text-sm">{place}</span>
        <CopyButton text={fullAddress(`${patterns.approvals}#${approval.id}`)} label="Copy link" />
      </div>
      <p className="wrap-anywhere">
        <span className="text-fg-muted">{isOwn ? 'You' : asker.name}: </span>
        {reason}
      </p>
      <p className="text-fg-muted text-sm">
        Asked <time dateTime={new Date(askedAt).toISOString()}>{formatAgo(askedAt, now)}</time>
        {isOpen(state) ? `, expires ${formatRelative(expiresAt, now)}` : ''}. <Code>{`${method} ${path}`}</Code>
        {isEmpty(body) ? null : (
          <>
            {' '}
            <Code>{JSON.stringify(body)}</Code>
          </>
        )}
      </p>
      {text === undefined ? null : <p className="text-sm">{text}</p>}
      {isDecidable || isWithdrawable ? (
        <div className="flex flex-wrap gap-2">
          {isOwn && state === 'approved' ? (
            <Link to={goal} className={buttonClass({ variant: 'primary', size: 'sm' })}>
              {key ? 'Open key' : 'Open API keys'}
            </Link>
          ) : null}
          {isDecidable ? (
            <>
              <Button
                size="sm"
                icon={Check}
                variant="primary"
                disabledReason={refusal}
                onClick={() => onDecide('approve')}
              >
                Approve
              </Button>
              <Button size="sm" icon={X} disabledReason={refusal} onClick={() => onDecide('decline')}>
                Decline
              </Button>
            </>
          ) : null}
          {isWithdrawable ? (
            <Button size="sm" icon={Undo2} onClick={() => onDecide('withdraw')}>
              Withdraw
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
