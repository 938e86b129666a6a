import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { RouterProvider } from 'react-router/dom'
import { deleteLeftoverResultsWhenIdle } from './app/leftover-results.ts'
import { guardPage } from './app/page-guards.ts'
import { queryClient } from './app/query-client.ts'
import { router } from './app/router.tsx'
import { followTimeZone } from './pages/time-zone.ts'
import './styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')

guardPage()
followTimeZone()

createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
)

deleteLeftoverResultsWhenIdle()
