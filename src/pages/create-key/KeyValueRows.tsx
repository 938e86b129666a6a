import { Plus, X } from 'lucide-react'
import { type Ref, useRef } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Input } from '../../ui/Input.tsx'
import type { Pair } from './draft.ts'
import { ChoiceError } from './fields.tsx'
import type { Errors } from './validate.ts'

interface KeyValueRowsProps {
  /** Draft field, which is also the prefix of its errors: `labels.0.name`. */
  readonly field: 'labels' | 'annotations'
  readonly pairs: readonly Pair[]
  readonly onChange: (pairs: Pair[]) => void
  readonly errors: Errors
  readonly refusal: string | undefined
}

const labels = {
  labels: { title: 'Labels', one: 'Label', add: 'Add label' },
  annotations: { title: 'Annotations', one: 'Annotation', add: 'Add annotation' },
} as const

const nextId = (pairs: readonly Pair[]) => Math.max(0, ...pairs.map(({ id }) => id)) + 1

/** Editable name-value pairs, one per row. */
export function KeyValueRows({ field, pairs, onChange, errors, refusal: refused }: KeyValueRowsProps) {
  const { title, one, add } = labels[field]
  const adder = useRef<HTMLButtonElement>(null)
  const justAdded = useRef<number>(undefined)
  const change = (id: number, part: Partial<Pair>) =>
    onChange(pairs.map((pair) => (pair.id === id ? { ...pair, ...part } : pair)))
  const addRow = () => {
    justAdded.current = nextId(pairs)
    onChange([...pairs, { id: justAdded.current, name: '', value: '' }])
  }
  const focusNew = (id: number) => (element: HTMLInputElement | null) => {
    if (!element || justAdded.current !== id) return
    justAdded.current = undefined
    element.focus()
  }
  const whole = refused ?? errors[field]
  return (
    <fieldset data-wrong={whole === undefined ? undefined : true}>
      <legend className="float-left font-medium">{title}</legend>
      <span className="block pb-1.5 pl-1.5 text-fg-subtle">&nbsp;optional</span>
      <div className="clear-both grid gap-2">
        {pairs.map((pair, index) => (
          <Row
            key={pair.id}
            name={`${one} ${index + 1}`}
            pair={pair}
            nameRef={focusNew(pair.id)}
            onChange={(part) => change(pair.id, part)}
            onRemove={() => {
              onChange(pairs.filter(({ id }) => id !== pair.id))
              adder.current?.focus()
            }}
            nameError={errors[`${field}.${index}.name`]}
            valueError={errors[`${field}.${index}.value`]}
          />
        ))}
        <Button ref={adder} size="sm" icon={Plus} onClick={addRow} className="justify-self-start">
          {add}
        </Button>
      </div>
      {whole === undefined ? null : <ChoiceError>{whole}</ChoiceError>}
    </fieldset>
  )
}

interface RowProps {
  /** Prefix of the accessible names of the row's fields: `Label 2`. */
  readonly name: string
  readonly pair: Pair
  readonly nameRef: Ref<HTMLInputElement>
  readonly onChange: (part: Partial<Pair>) => void
  readonly onRemove: () => void
  readonly nameError: string | undefined
  readonly valueError: string | undefined
}

function Row({ name, pair, nameRef, onChange, onRemove, nameError, valueError }: RowProps) {
  const error = nameError ?? valueError
  const errorId = `${name.toLowerCase().replace(' ', '-')}-error`
  const faulty = (its: string | undefined) =>
    its === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': errorId }
  return (
    <div>
      <div className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)_auto] gap-2">
        <Input
          mono
          aria-label={`${name} name`}
          placeholder="name"
          value={pair.name}
          ref={nameRef}
          onChange={({ target }) => onChange({ name: target.value })}
          {...faulty(nameError)}
        />
        <Input
          mono
          aria-label={`${name} value`}
          placeholder="value"
          value={pair.value}
          onChange={({ target }) => onChange({ value: target.value })}
          {...faulty(valueError)}
        />
        <Button
          variant="ghost"
          size="lg"
          icon={X}
          iconOnly
          aria-label={`Remove ${name.toLowerCase()}`}
          onClick={onRemove}
        />
      </div>
      {error === undefined ? null : (
        <div id={errorId}>
          <ChoiceError>{error}</ChoiceError>
        </div>
      )}
    </div>
  )
}
