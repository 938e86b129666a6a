import { Component, type ComponentType, lazy, type ReactNode } from 'react'
import { isMissingCode } from '../lib/missing-code.ts'
import { FailedState } from './FailedState.tsx'
import { fetchAhead } from './fetch-ahead.ts'
import { partIsMissing } from './missing-parts.ts'

interface BoundaryProps {
  readonly onMissing: () => void
  readonly missing: (retry: () => void) => ReactNode
  /** Over the page. */
  readonly isTold: boolean
  readonly children: () => ReactNode
}

interface BoundaryState {
  readonly error?: unknown
}

/** Only the part is missing; the page around it, and what is typed there, stays. Other errors go on. */
class PartBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = {}
  #takeBack = () => {}

  static getDerivedStateFromError(error: unknown): BoundaryState {
    return { error }
  }

  readonly retry = () => {
    this.#takeBack()
    this.setState({ error: undefined })
  }

  override componentDidCatch(error: unknown) {
    if (!isMissingCode(error)) return
    this.#takeBack = partIsMissing(this.retry, this.props.isTold)
    this.props.onMissing()
  }

  override componentWillUnmount() {
    this.#takeBack()
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.children()
    if (!isMissingCode(error)) throw error
    return this.props.missing(this.retry)
  }
}

interface PartOptions<P> {
  /**
   * What stands in the place of a part that could not be fetched. `in place`: a message with a way to try again, where
   * the part has a place of its own. Nothing unless given.
   */
  readonly missing?: 'in place' | ((props: P) => ReactNode)
  /** So that asking for it again tries again; unless given, what has `onClose` is closed. */
  readonly onMissing?: (props: P) => void
  /** Nothing is said of it: it is a comfort that nobody asked for. */
  readonly quiet?: boolean
}

export type Part<P> = ComponentType<P> & {
  /** Starts fetching what will soon be wanted. */
  readonly preload: () => void
}

const inPlace = (retry: () => void) => (
  <FailedState title="This part could not be loaded" onRetry={retry}>
    The network is down, or the console has been updated. If trying again does not help, load the page again.
  </FailedState>
)

const close = (props: object) => {
  if ('onClose' in props && typeof props.onClose === 'function') props.onClose()
}

/**
 * A component whose code is fetched when it is first wanted; suspends meanwhile. When it can't be fetched, only this part
 * is missing.
 */
export function part<P extends object>(
  load: () => Promise<ComponentType<P>>,
  { missing, onMissing = close, quiet = false }: PartOptions<P> = {},
): Part<P> {
  const fetched = () => lazy(async () => ({ default: await load() }))
  let Code = fetched()
  function Loaded(props: P) {
    return (
      <PartBoundary
        isTold={!quiet && missing !== 'in place'}
        missing={(retry) => (missing === 'in place' ? inPlace(retry) : missing?.(props))}
        onMissing={() => {
          // What failed once would fail for ever.
          Code = fetched()
          onMissing(props)
        }}
      >
        {() => <Code {...props} />}
      </PartBoundary>
    )
  }
  return Object.assign(Loaded, { preload: () => fetchAhead(load) })
}
