/** Words for approvals. */
import type { Approval, ApprovalKind, ApprovalState } from '../../clouds/gateway/approvals.ts'
import type { Tone } from '../../ui/classes.ts'

const kinds: Readonly<Record<ApprovalKind, string>> = {
  export: 'Export',
  deletion: 'Schedule deletion of',
  'api-keys': 'Create API key',
}

export const stateLabels: Readonly<Record<ApprovalState, { readonly label: string; readonly tone: Tone | 'neutral' }>> =
  {
    waiting: { label: 'Waiting', tone: 'warning' },
    approved: { label: 'Approved', tone: 'accent' },
    running: { label: 'Under way', tone: 'info' },
    done: { label: 'Done', tone: 'ok' },
    failed: { label: 'Failed', tone: 'danger' },
    unknown: { label: 'Outcome unknown', tone: 'danger' },
    declined: { label: 'Declined', tone: 'neutral' },
    withdrawn: { label: 'Withdrawn', tone: 'neutral' },
    expired: { label: 'Expired', tone: 'neutral' },
    outdated: { label: 'Key changed', tone: 'neutral' },
  }

type Sentence = (approval: Approval, by: string, isOwn: boolean) => string

/** What happens next, or happened, where the label does not say it. */
const sentences: Readonly<Partial<Record<ApprovalState, Sentence>>> = {
  approved: ({ asker }, by, isOwn) =>
    isOwn
      ? `${by} approved it. You can do it once now, exactly as you asked for.`
      : `${by} approved it. ${asker.name} can do it once now.`,
  done: (_approval, by) => `${by} approved it, and it was carried out.`,
  failed: ({ carriedOut }, by) =>
    `${by} approved it, and the cloud refused it${carriedOut?.status === undefined ? '' : ` (${carriedOut.status})`}.`,
  unknown: ({ kind }, by) =>
    `${by} approved it, and no answer came. It may have been carried out: look at ${kind === 'api-keys' ? 'the API keys' : 'the key'}.`,
  declined: ({ decision }, by) => `${by} declined it${decision?.note === undefined ? '.' : `: ${decision.note}`}`,
  expired: ({ decision }) => `It was not ${decision === undefined ? 'decided' : 'used'} in time. Ask again.`,
  outdated: () => 'The key has changed since it was asked for. Ask again.',
}

export const stateText = (approval: Approval, isOwn: boolean): string | undefined =>
  sentences[approval.state]?.(approval, approval.decision?.by.name ?? 'Another person', isOwn)

const nameOfNew = ({ body }: Approval): string => {
  const name = typeof body === 'object' && body !== null && 'name' in body ? body.name : undefined
  return typeof name === 'string' ? name : ''
}

/** Verb and object: "Export payments-db". The object apart, since it can be a link. */
export const actionOf = (approval: Approval): { readonly verb: string; readonly object: string } => ({
  verb: kinds[approval.kind],
  object: approval.key?.name ?? approval.key?.id ?? nameOfNew(approval),
})
