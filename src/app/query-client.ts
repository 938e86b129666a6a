import { QueryClient } from '@tanstack/react-query'
import { shouldRetry } from '../clouds/queries.ts'

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { retry: shouldRetry, retryDelay: (failures) => 500 * 2 ** failures },
    mutations: { retry: false },
  },
})
