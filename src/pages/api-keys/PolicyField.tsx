import { useRef } from 'react'
import type { PolicyRemark } from '../../clouds/role-policies.ts'
import { count } from '../../lib/numbers.ts'
import { CodeArea } from '../../ui/CodeArea.tsx'
import { Field } from '../../ui/Field.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'

interface PolicyFieldProps {
  value: string
  remarks: readonly PolicyRemark[]
  error: string | undefined
  onChange: (text: string) => void
}

const SHOWN = 6

/** The editor of a policy: JSON, with the remarks under it, each of which leads to its line. */
export function PolicyField({ value, remarks, error, onChange }: PolicyFieldProps) {
  const area = useRef<HTMLTextAreaElement>(null)
  const goTo = (line: number) => {
    const lines = value.split('\n')
    const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0)
    area.current?.focus()
    area.current?.setSelectionRange(start, start + (lines[line - 1] ?? '').length)
  }
  return (
    <div>
      <Field label="Policy" error={error}>
        {(control) => (
          <CodeArea
            {...control}
            ref={area}
            value={value}
            marks={remarks}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <LiveRegion>{remarks.length === 0 ? '' : `${count(remarks.length, 'remark')} on the policy`}</LiveRegion>
      {remarks.length === 0 ? null : (
        <ul aria-label="Remarks on the policy" className="mt-2 grid gap-1 text-xs">
          {remarks.slice(0, SHOWN).map(({ line, tone, message }) => (
            <li key={`${line} ${message}`} className={tone === 'error' ? 'text-danger-fg' : 'text-warning-fg'}>
              <button type="button" className="link touch-target relative" onClick={() => goTo(line)}>
                Line {line}
              </button>{' '}
              {tone === 'error' ? 'Error' : 'Warning'}: {message}
            </li>
          ))}
          {remarks.length > SHOWN ? <li className="text-fg-subtle">{remarks.length - SHOWN} more</li> : null}
        </ul>
      )}
    </div>
  )
}
