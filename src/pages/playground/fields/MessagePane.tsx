import type { ReactNode } from 'react'
import type { KmsKey } from '../../../clouds/model.ts'
import {
  digestHash,
  effectiveHash,
  type MessageDraft,
  messageSizeOf,
  type TakesDigests,
  takesDigest,
  toDigestInput,
} from '../hashing.ts'
import { BytesPane } from './BytesPane.tsx'
import type { BytesInputMessages } from './bytes-input.ts'
import { HashField, SignOptionFields } from './MessageOptions.tsx'

interface MessagePaneProps {
  readonly selectedKey: KmsKey | undefined
  readonly draft: MessageDraft
  readonly onEdit: (change: Partial<MessageDraft>) => void
  readonly messages: BytesInputMessages
  readonly error: string | undefined
  readonly placeholder: string
  readonly takesFocus: boolean
  /** Whether the operation takes digests of a key. */
  readonly takesDigests: TakesDigests
  /** Whether the operation is on signatures, which have options beside the hash. */
  readonly hasOptions: boolean
  /** Field between the message and its hash. */
  readonly field?: ReactNode
  readonly buttons: ReactNode
  /** Notes below all fields. */
  readonly errorNote: ReactNode
}

/** Message or digest with its hash and options: what is signed, verified or authenticated. */
export function MessagePane(props: MessagePaneProps) {
  const { selectedKey: key, draft, onEdit, takesDigests } = props
  const { message, hash, prehashed, options } = draft
  const digest = key && digestHash(draft, key, takesDigests)
  const choosesDigest = key && takesDigests(key) && takesDigest(effectiveHash(hash, key))
  return (
    <BytesPane
      label={digest ? 'Digest' : 'Message'}
      input={message}
      onChange={(next) => onEdit({ message: next })}
      digest={digest !== undefined}
      max={digest?.bytes ?? (key && messageSizeOf(key).max)}
      messages={digest ? undefined : props.messages}
      error={props.error}
      placeholder={props.placeholder}
      takesFocus={props.takesFocus}
      buttons={props.buttons}
    >
      {props.field}
      {key && (
        <HashField
          of={key}
          hash={hash}
          onHash={(next) => onEdit({ hash: next })}
          prehashed={prehashed}
          {...(choosesDigest
            ? {
                onPrehashed: (next: boolean) =>
                  onEdit({ prehashed: next, ...(next ? { message: toDigestInput(message) } : {}) }),
              }
            : {})}
        />
      )}
      {key && props.hasOptions && (
        <SignOptionFields of={key} chosen={options} onChange={(next) => onEdit({ options: next })} />
      )}
      {props.errorNote}
    </BytesPane>
  )
}
