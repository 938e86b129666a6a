import type { KmsKey } from '../../clouds/model.ts'
import type { BenchControl } from './use-bench.ts'

/** What every bench is given. */
export interface BenchProps {
  readonly chosen: KmsKey | undefined
  readonly control: BenchControl
  /** Why the operation can't be done now, in one sentence; undefined when it can. */
  readonly reason: string | undefined
  /** The plaintext is hidden, on either tab. */
  readonly masked: boolean
  readonly onMask: (masked: boolean) => void
  /** The field was filled from another tab. */
  readonly arrived: boolean
  /** Carries the result over to another tab. */
  readonly onCarry: () => void
}

/** For file names: the slug, or the id. */
export const fileStem = ({ slug, id }: KmsKey): string => slug ?? id
