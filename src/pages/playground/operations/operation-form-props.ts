import type { KmsKey } from '../../../clouds/model.ts'
import type { PlaygroundOperation } from '../../shared/operations.ts'
import type { AllKeys } from '../../use-keys.ts'
import type { PlaygroundRunner } from '../use-playground-runner.ts'

/** What every bench is given. */
export interface OperationFormProps {
  readonly list: AllKeys
  readonly chosen: KmsKey | undefined
  readonly control: PlaygroundRunner
  /** Why the operation can't be done now, in one sentence; undefined when it can. */
  readonly reason: string | undefined
  /** The plaintext is hidden, on either tab. */
  readonly masked: boolean
  readonly onMask: (masked: boolean) => void
  /** The field was filled from another tab. */
  readonly arrived: boolean
  /** Carries the result over to another tab. */
  readonly onCarry: () => void
  /** Carries a ciphertext that goes in over to Re-encrypt; undefined where the cloud can't re-encrypt. */
  readonly onReEncrypt: (() => void) | undefined
  /** Opens another tab as it was left. */
  readonly onOpen: (operation: PlaygroundOperation) => void
}

/** For file names: the slug, or the id. */
export const fileStem = ({ slug, id }: KmsKey): string => slug ?? id
