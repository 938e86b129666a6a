import { CSPProvider } from '@base-ui/react/csp-provider'
import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import { queryClient } from '../app/query-client.ts'
import { memoryHistory } from '../router/history.ts'
import { RouterProvider } from '../router/react.tsx'
import { createRouter } from '../router/router.ts'
import { ToastProvider } from '../ui/Toast.tsx'

let entries = 0

/**
 * Renders an element as the app does, with its query client, router, toasts and strict mode, until the test ends.
 * `path` is the URL that the element sees, such as `/keys?q=db`. Returns the router.
 */
export function render(element: ReactNode, { path = '/' }: { path?: string } = {}) {
  const container = document.body.appendChild(document.createElement('div'))
  const router = createRouter({
    // An entry of its own: pages keep state with the entry of the history.
    history: memoryHistory(path, `test-${++entries}`),
    pageOf: () => element,
  })
  const root = createRoot(container)
  root.render(
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router}>
            <ToastProvider>{element}</ToastProvider>
          </RouterProvider>
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
