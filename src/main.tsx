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
import { detailsOf } from './clouds/errors.ts'
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

/** What is shown first: the console, or in its place why somebody can't use it. */
async function start(): Promise<ReactNode> {
  try {
    const [{ person }] = await Promise.all([queryClient.ensureQueryData(queries.session()), router.start()])
    if (person?.grants.length !== 0) return <Shell />
    const { NoRolePage } = await import('./app/SignInPage.tsx')
    return <NoRolePage person={person} />
  } catch (error) {
    const { reason, message, signIn } = detailsOf(error)
    if (reason !== 'signed-out') return <StartError error={error} />
    const { SignInPage } = await import('./app/SignInPage.tsx')
    return <SignInPage way={signIn} message={message} />
  }
}

void start().then(show)

deleteLeftoverResultsLater()
