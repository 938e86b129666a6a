import { Component, type ReactNode } from 'react'
import { isMissingCode } from '../lib/missing-code.ts'
import { partIsMissing } from './missing-parts.ts'

interface PartBoundaryProps {
  readonly onMissing: () => void
  /** What stands in its place. */
  readonly missing: (retry: () => void) => ReactNode
  /** Over the page. */
  readonly isTold: boolean
  readonly draw: () => ReactNode
}

interface State {
  readonly error?: unknown
}

/** Only the part is missing; the page around it, and what is typed there, stays. Other errors go on. */
export class PartBoundary extends Component<PartBoundaryProps, State> {
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
    if (!isMissingCode(error)) return
    this.#takeBack = partIsMissing(this.retry, this.props.isTold)
    this.props.onMissing()
  }

  override componentWillUnmount() {
    this.#takeBack()
  }

  override render() {
    const { error } = this.state
    if (error === undefined) return this.props.draw()
    if (!isMissingCode(error)) throw error
    return this.props.missing(this.retry)
  }
}
