import { QueryClient } from '@tanstack/react-query'
import { retryDelay, shouldRetry } from '../clouds/queries.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    // A gateway on this computer answers without a network: calls go out and fail with words, they never wait in silence.
    queries: { retry: shouldRetry, retryDelay, networkMode: 'always', refetchOnReconnect: true },
    mutations: { retry: false },
  },
})
