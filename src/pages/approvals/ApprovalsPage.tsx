import { type QueryClient, useQuery } from '@tanstack/react-query'
import { CheckCheck } from 'lucide-react'
import { useState } from 'react'
import { approvalsQuery, type Decision } from '../../clouds/gateway/approval-calls.ts'
import { type Approval, isOpen } from '../../clouds/gateway/approvals.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import { FailedCall } from '../shared/Failure.tsx'
import { Page } from '../shared/Page.tsx'
import { ApprovalCard } from './ApprovalCard.tsx'
import { DecisionDialog } from './DecisionDialog.tsx'

export const load = (client: QueryClient) => () => {
  void client.prefetchQuery(approvalsQuery())
}

interface ListProps {
  title: string
  approvals: readonly Approval[]
  onDecide: (approval: Approval, decision: Decision) => void
}

const List = ({ title, approvals, onDecide }: ListProps) =>
  approvals.length === 0 ? null : (
    <Panel title={title} end={<span className="pr-1.5 text-fg-subtle text-sm">{approvals.length}</span>} flush>
      <ul>
        {approvals.map((approval) => (
          <ApprovalCard key={approval.id} approval={approval} onDecide={(decision) => onDecide(approval, decision)} />
        ))}
      </ul>
    </Panel>
  )

function Lists() {
  const { data, error, refetch, isFetching } = useQuery(approvalsQuery())
  const [asked, setAsked] = useState<{ readonly approval: Approval; readonly decision: Decision }>()
  if (error && data === undefined)
    return (
      <FailedCall
        title="The approvals could not be read"
        error={error}
        onRetry={() => void refetch()}
        retrying={isFetching}
      />
    )
  if (data === undefined) return <Skeleton width={320} />
  const open = data.filter(({ state }) => isOpen(state))
  const closed = data.filter(({ state }) => !isOpen(state))
  const decide = (approval: Approval, decision: Decision) => setAsked({ approval, decision })
  return (
    <div className="grid gap-4">
      {open.length === 0 ? (
        <EmptyState icon={CheckCheck} title="Nothing waits for an approval">
          Exports of key material, deletions of keys and API keys with wide roles are asked for here.
        </EmptyState>
      ) : (
        <List title="Open" approvals={open} onDecide={decide} />
      )}
      <List title="Closed" approvals={closed} onDecide={decide} />
      {asked ? <DecisionDialog {...asked} onClose={() => setAsked(undefined)} /> : null}
    </div>
  )
}

export default function ApprovalsPage() {
  return (
    <Page title="Approvals">
      <div className="py-3">
        <Lists />
      </div>
    </Page>
  )
}
