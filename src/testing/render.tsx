import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createMemoryRouter, parsePath } from 'react-router'
import { RouterProvider } from 'react-router/dom'
import { onTestFinished } from 'vitest'
import { queryClient } from '../app/query-client.ts'
import { ToastProvider } from '../ui/Toast.tsx'

let entries = 0

/**
 * Renders an element as the app does, with its query client, router, toasts and strict mode, until the test ends.
 * `path` is the URL that the element sees, such as `/keys?q=db`. Returns the router.
 */
export function render(element: ReactNode, { path = '/' }: { path?: string } = {}) {
  const container = document.body.appendChild(document.createElement('div'))
  const router = createMemoryRouter([{ path: '*', element: <ToastProvider>{element}</ToastProvider> }], {
    // An entry of its own: pages keep state with the entry of the history.
    initialEntries: [{ ...parsePath(path), key: `test-${++entries}` }],
  })
  const root = createRoot(container)
  root.render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>,
  )
  onTestFinished(() => {
    root.unmount()
    container.remove()
    queryClient.clear()
  })
  return router
}
