import { Tabs as Base } from '@base-ui/react/tabs'
import { type ReactNode, useLayoutEffect, useRef, useState } from 'react'
import { CopyButton } from './CopyButton.tsx'
import { cx, tabClass, tabLineClass } from './classes.ts'
import { type CodeLanguage, type CodeToken, highlight } from './highlight.ts'

export interface CodeSample {
  /** Also the tab's value. */
  id: string
  /** Label of the tab: "curl", "Terraform". */
  label: string
  language: CodeLanguage
  code: string
  /** What it needs to run, as a noun: "exo 1.102.1 or newer". */
  requires?: string
}

export interface CodePanelProps {
  /** Accessible name of the tabs. */
  label: string
  samples: readonly CodeSample[]
  /** Id of the selected sample; uncontrolled unless given. */
  value?: string
  onChange?: (id: string) => void
  /** Note under the code. */
  footer?: ReactNode
  className?: string
}

/** Code samples of one request in several languages, to copy. Long lines scroll. */
export function CodePanel({ label, samples, value, onChange, footer, className }: CodePanelProps) {
  const [own, setOwn] = useState<string>()
  const wanted = value ?? own
  const sample = samples.find((one) => one.id === wanted) ?? samples[0]
  if (!sample) return null
  return (
    <Base.Root
      value={sample.id}
      onValueChange={(next: string) => {
        setOwn(next)
        onChange?.(next)
      }}
      className={cx('overflow-hidden rounded-lg border border-line bg-sunken', className)}
    >
      <div className="flex h-9 items-center gap-3.5 border-line border-b bg-surface pr-1.5 pl-3.5 text-xs max-sm:h-[45px]">
        <Base.List
          aria-label={label}
          activateOnFocus
          className="fade-scroll -ml-1 flex h-full min-w-0 flex-1 gap-3.5 px-1"
        >
          {samples.map((one) => (
            <Base.Tab key={one.id} value={one.id} className={cx(tabClass, 'h-full')}>
              {one.label}
              <span aria-hidden className={cx(tabLineClass, 'bottom-0')} />
            </Base.Tab>
          ))}
        </Base.List>
        <CopyButton text={sample.code} label={`Copy code: ${sample.label}`} />
      </div>
      <Code key={sample.id} sample={sample} />
      {(sample.requires || footer) && (
        <div className="border-line border-t px-3.5 py-[7px] text-fg-subtle text-xs">
          {sample.requires && `Needs ${sample.requires}. `}
          {footer}
        </div>
      )}
    </Base.Root>
  )
}

const inks: Record<CodeToken['ink'], string | undefined> = {
  plain: undefined,
  key: 'text-code-key',
  string: 'text-code-string',
  dim: 'text-code-dim',
}

function Code({ sample }: { sample: CodeSample }) {
  const box = useRef<HTMLDivElement>(null)
  const [more, setMore] = useState(false)
  const look = () => {
    const element = box.current
    if (element) setMore(element.scrollLeft + element.clientWidth < element.scrollWidth - 1)
  }
  useLayoutEffect(look)
  return (
    <Base.Panel
      ref={box}
      value={sample.id}
      onScroll={look}
      className={cx(
        'mono overflow-x-auto text-xs leading-[19px] text-code-fg [scrollbar-width:thin] [tab-size:2] focus-visible:-outline-offset-2',
        more && '[mask-image:linear-gradient(to_left,transparent,#000_28px)]',
      )}
    >
      <pre className="w-max min-w-full py-3 font-[inherit]">
        {lines(sample).map((line) => (
          <span key={line.number} className="block min-h-[19px] px-3.5">
            {line.tokens.map((token) => (
              <span key={token.at} className={inks[token.ink]}>
                {token.text}
              </span>
            ))}
          </span>
        ))}
      </pre>
    </Base.Panel>
  )
}

const lines = ({ code, language }: CodeSample) =>
  code.split('\n').map((line, at) => ({ number: at + 1, tokens: highlight(line, language) }))
