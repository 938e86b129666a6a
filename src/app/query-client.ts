import { QueryClient } from '@tanstack/react-query'
import { retryDelay, shouldRetry } from '../clouds/queries.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: shouldRetry, retryDelay },
    mutations: { retry: false },
  },
})
