import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { type EncodedText, encodingLabels, switchEncoding } from './bytes-input.ts'

interface EncodingControlProps {
  readonly label?: string
  readonly text: EncodedText
  readonly onChange: (text: EncodedText) => void
  /** Whether the input is a digest: only hex and base64 can be chosen. */
  readonly digest?: boolean
  readonly className?: string
}

/** Encoding in which bytes are typed. */
export const EncodingControl = ({ label = 'Encoding', text, onChange, digest, className }: EncodingControlProps) => (
  <SegmentedControl
    label={label}
    {...(className === undefined ? {} : { className })}
    options={(['text', 'hex', 'base64'] as const).map((value) => ({
      value,
      label: encodingLabels[value],
      disabledReason: digest && value === 'text' ? 'A digest is given in hex or base64.' : undefined,
    }))}
    value={text.encoding}
    onChange={(encoding) => onChange(switchEncoding(text, encoding))}
  />
)
