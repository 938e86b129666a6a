/** Requests for approval at the gateway. Apart from `calls.ts`, because the first screen needs none. */
import { queryOptions } from '@tanstack/react-query'
import type { ApprovableCall } from '../errors.ts'
import { send } from '../http.ts'
import { Approval, ApprovalPage } from './approvals.ts'
import { gatewayTransport } from './calls.ts'

/** All requests, the latest first. */
export const approvalsQuery = () =>
  queryOptions({
    queryKey: ['approvals'],
    queryFn: async ({ signal }) =>
      (await send(gatewayTransport, { method: 'GET', path: '/api/approvals' }, ApprovalPage, signal)).approvals,
    staleTime: 5_000,
    refetchInterval: 60_000,
  })

export const askForApproval = (call: ApprovableCall, reason: string): Promise<Approval> =>
  send(gatewayTransport, { method: 'POST', path: '/api/approvals', body: { ...call, reason } }, Approval)

export type Decision = 'approve' | 'decline' | 'withdraw'

export const decideApproval = (id: string, decision: Decision, note: string): Promise<Approval> =>
  send(
    gatewayTransport,
    { method: 'POST', path: `/api/approvals/${id}`, body: { decision, ...(note !== '' && { note }) } },
    Approval,
  )
