import { Component, type ReactNode } from 'react'
import { isChunkLoadError } from '../lib/chunk-load-error.ts'
import { reportChunkError } from './chunk-errors.ts'

interface ChunkErrorBoundaryProps {
  readonly onError: () => void
  /** Content in place of the missing chunk. */
  readonly renderError: (retry: () => void) => ReactNode
  /** Whether the banner over the page reports it. */
  readonly isReported: boolean
  readonly render: () => ReactNode
}

interface State {
  readonly error?: unknown
}

/** Only the part is missing; the page around it, and what is typed there, stays. Other errors go on. */
export class ChunkErrorBoundary extends Component<ChunkErrorBoundaryProps, State> {
  override state: State = {}
  #takeBack: () => void = () => undefined

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  readonly retry = () => {
    this.#takeBack()
    this.setState({ error: undefined })
  }

  override componentDidCatch(error: unknown) {
    if (!isChunkLoadError(error)) return
    this.#takeBack = reportChunkError(this.retry, this.props.isReported)
    this.props.onError()
  }

  override componentWillUnmount() {
    this.#takeBack()
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.render()
    if (!isChunkLoadError(error)) throw error
    return this.props.renderError(this.retry)
  }
}
