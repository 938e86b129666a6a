import { Ellipsis, Plus, RefreshCw, RotateCw, Trash2 } from 'lucide-react'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { Tooltip } from '../../ui/Tooltip.tsx'
import { Menus } from './menus.tsx'
import { Row, Specimen } from './parts.tsx'

const variants = [
  { variant: 'primary', label: 'Create key' },
  { variant: 'secondary', label: 'Rotate now' },
  { variant: 'ghost', label: 'Clear filters' },
  { variant: 'dangerQuiet', label: 'Schedule deletion…' },
  { variant: 'danger', label: 'Schedule deletion' },
] as const

const sizes = ['sm', 'md', 'lg'] as const

export function Buttons() {
  return (
    <>
      {variants.map(({ variant, label }) => (
        <Specimen key={variant} name={variant}>
          <Row>
            <Button variant={variant}>{label}</Button>
            <Button variant={variant} icon={variant.startsWith('danger') ? Trash2 : Plus}>
              {label}
            </Button>
            <Button variant={variant} busy>
              Working
            </Button>
            <Button variant={variant} disabledReason="All 10 manual rotations of this key are used.">
              {label}
            </Button>
          </Row>
        </Specimen>
      ))}
      <Specimen name="Sizes">
        <Row>
          {sizes.map((size) => (
            <Button key={size} size={size} icon={RotateCw}>
              {size}
            </Button>
          ))}
          {sizes.map((size) => (
            <Button key={size} size={size} iconOnly icon={Ellipsis} aria-label={`More, ${size}`} />
          ))}
        </Row>
      </Specimen>
      <Specimen name="Icons alone: at rest, busy, pressed, not possible">
        <Row>
          <Button iconOnly variant="ghost" icon={RefreshCw} aria-label="Refresh" />
          <Button iconOnly variant="ghost" icon={RefreshCw} aria-label="Refreshing" busy />
          <Button iconOnly icon={RefreshCw} aria-label="Filters, 2 set" aria-pressed />
          <Button iconOnly icon={Trash2} aria-label="Delete" disabledReason="Other keys depend on it." />
        </Row>
      </Specimen>
      <Specimen name="With a shortcut, copy, keys, spinner, tooltip">
        <Row>
          <Button variant="primary" kbd="Ctrl Enter">
            Encrypt
          </Button>
          <CopyButton text="copied" label="Copy id" />
          <CopyButton text="copied" label="Copy id" look="button" />
          <CopyButton text="copied" label="Copy as curl" look="label" />
          <Kbd>Esc</Kbd>
          <Spinner />
          <Spinner size={16} />
          <Tooltip text="Opens on hover and focus">
            <Button>Tooltip</Button>
          </Tooltip>
        </Row>
      </Specimen>
      <Menus />
    </>
  )
}
