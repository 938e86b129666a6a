import { useDeferredValue, useMemo } from 'react'
import { detailsOf, requestLine } from '../../../clouds/errors.ts'
import { addressOf, type KmsKey } from '../../../clouds/model.ts'
import { Link } from '../../../router/react.tsx'
import { Banner } from '../../../ui/Banner.tsx'
import { useLinks } from '../../use-project.ts'
import { doubtOf } from './describe-ciphertext.ts'
import { parseCiphertext } from './parse-ciphertext.ts'

/** The text parsed; typing does not wait for a long one. */
export function useParsedCiphertext(text: string) {
  const deferred = useDeferredValue(text)
  return useMemo(() => parseCiphertext(deferred), [deferred])
}

interface CiphertextNoticeProps {
  readonly ciphertext: string
  readonly selectedKey: KmsKey | undefined
  /** Refusal of the provider, with the causes that it does not tell apart. */
  readonly refused?: { readonly error: unknown; readonly title: string } | undefined
}

/** Above the button: why the key can't decrypt the text, before it is sent where that is known, else as refused. */
export function CiphertextNotice({ ciphertext, selectedKey, refused }: CiphertextNoticeProps) {
  const links = useLinks()
  const parsed = useParsedCiphertext(ciphertext)
  const doubt = doubtOf(parsed, selectedKey)
  const title = doubt ?? refused?.title
  if (title === undefined) return null
  const isFile = parsed.kind === 'other-format' && parsed.format.kind === 'age' && !parsed.format.armored
  return (
    <div className="p-2.5">
      <Banner
        tone={refused ? 'danger' : 'warning'}
        title={title}
        meta={refused && requestLine(detailsOf(refused.error))}
        actions={
          isFile && (
            <Link className="link" to={links.files(selectedKey && addressOf(selectedKey), { tab: 'decrypt' })}>
              Decrypt a file
            </Link>
          )
        }
      >
        {refused && detailsOf(refused.error).message}
        {parsed.kind === 'faulty' && (
          <span className="mono mt-1 block whitespace-pre-wrap">
            <span className="text-fg-subtle">{parsed.excerpt.before}</span>
            <mark className="rounded-xs bg-danger-bg px-0.5 font-semibold text-danger-fg">
              {parsed.excerpt.at === '' ? '(end)' : parsed.excerpt.at}
            </mark>
            <span className="text-fg-subtle">{parsed.excerpt.after}</span>
          </span>
        )}
      </Banner>
    </div>
  )
}
