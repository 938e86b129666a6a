import { useQuery } from '@tanstack/react-query'
import type { PolicyCheck, PolicyTools } from '../../clouds/role-policies.ts'
import type { Managed } from './use-access.ts'

interface PolicyCheckState {
  /** Undefined until they are loaded. */
  readonly tools: PolicyTools | undefined
  readonly isError: boolean
  readonly retry: () => void
  /** Of the latest text that was checked. */
  readonly checked: (PolicyCheck & { readonly text: string }) | undefined
}

/** Loads the cloud's policy tools and checks a policy with them; undefined for a role without a policy. */
export function usePolicyCheck({ cloud, access }: Managed, text: string | undefined): PolicyCheckState {
  const { data: tools, ...loading } = useQuery({
    queryKey: ['policy tools', cloud.id],
    queryFn: () => access.policyTools(),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data: checked } = useQuery({
    queryKey: ['policy check', cloud.id, text],
    queryFn: async () => (tools && text !== undefined ? { ...(await tools.check(text)), text } : undefined),
    enabled: tools !== undefined && text !== undefined,
    placeholderData: (before) => before,
    gcTime: 0,
  })
  return { tools, isError: loading.isError, retry: () => void loading.refetch(), checked }
}
