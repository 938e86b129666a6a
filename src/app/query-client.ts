import { QueryClient } from '@tanstack/react-query'
import { retryDelay, shouldRetry } from '../clouds/queries.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    // The gateway may run on this machine: requests go out without a network too, and fail with a message instead of waiting.
    queries: { retry: shouldRetry, retryDelay, networkMode: 'always', refetchOnReconnect: true },
    // Inputs and answers of mutations can be key material: nothing stays in the cache.
    mutations: { retry: false, networkMode: 'always', gcTime: 0 },
  },
})
