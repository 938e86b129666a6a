import { useCallback, useState } from 'react'
import { useLocation, useNavigationType, useSearchParams } from 'react-router'

/** Marks the history entries that a screen made itself, whose view it already shows. */
const own = 'own-view'

interface UrlState<View> {
  readonly view: View
  /** A new entry of the history, unless it replaces the one that is there: typing does. */
  readonly show: (next: View, replace?: boolean) => void
}

/**
 * What of a screen stands in the URL, shown at once and written there behind it: navigation takes a moment, and a field
 * that waits for it loses letters. Back, forward and links from elsewhere set the view from the URL.
 * @param read must give the same for the same parameters
 * @param write the parameters with the view in them, others kept
 */
export function useUrlState<View>(
  read: (params: URLSearchParams) => View,
  write: (view: View, params: URLSearchParams) => URLSearchParams,
): UrlState<View> {
  const [params, setParams] = useSearchParams()
  const location = useLocation()
  const how = useNavigationType()
  const [view, setView] = useState(() => read(params))
  const [seen, setSeen] = useState(location.key)
  if (seen !== location.key) {
    setSeen(location.key)
    if (how === 'POP' || location.state !== own) setView(read(params))
  }
  const show = useCallback(
    (next: View, replace = false) => {
      setView(next)
      setParams(write(next, params), { replace, preventScrollReset: true, state: own })
    },
    [params, setParams, write],
  )
  return { view, show }
}
