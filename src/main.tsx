import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { deleteLeftoverResultsLater } from './app/leftover-results.ts'
import { guardPage } from './app/page-guards.ts'
import { queryClient } from './app/query-client.ts'
import { StartError } from './app/RouteError.tsx'
import { router } from './app/router.tsx'
import { Shell } from './app/Shell.tsx'
import { queries } from './clouds/queries.ts'
import { followTimeZone } from './pages/time-zone.ts'
import { RouterProvider } from './router/react.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id root')

guardPage()
followTimeZone()

/** In place of the frame of the page in index.html; drawn in short tasks, between which the browser answers. */
const show = (content: ReactNode) =>
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <CSPProvider disableStyleElements>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router}>{content}</RouterProvider>
          </QueryClientProvider>
        </CSPProvider>
      </StrictMode>,
    ),
  )

Promise.all([queryClient.ensureQueryData(queries.session()), router.start()]).then(
  () => show(<Shell />),
  (error: unknown) => show(<StartError error={error} />),
)

deleteLeftoverResultsLater()
