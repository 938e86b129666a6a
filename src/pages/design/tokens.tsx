import { CloudMark } from '../shared/CloudMark.tsx'
import { PurposeIcon } from '../shared/PurposeIcon.tsx'
import { Row, Specimen } from './parts.tsx'

const surfaces = ['bg', 'surface', 'sunken', 'raised', 'raised-sunken', 'hover', 'menu-hover', 'active', 'selected']
const inks = [
  'fg',
  'fg-muted',
  'fg-subtle',
  'accent-fg',
  'ok-fg',
  'warning-fg',
  'danger-fg',
  'info-fg',
  'code-fg',
  'code-key',
  'code-string',
  'code-dim',
]
const lines = ['line', 'line-strong', 'control', 'focus']
const fills = [
  'accent',
  'accent-hover',
  'danger',
  'danger-hover',
  'chart',
  'chart-strong',
  'chart-muted',
  'ok-mark',
  'warning-mark',
  'danger-mark',
]
const sizes = ['2xs', 'xs', 'sm', 'base', 'md', 'lg', 'xl', 'mono', 'mono-xs', 'touch']

const Swatches = ({ names, look }: { names: readonly string[]; look: 'fill' | 'line' }) => (
  <ul className="grid grid-cols-3 gap-2 max-sm:grid-cols-2">
    {names.map((name) => (
      <li key={name} className="flex min-w-0 items-center gap-2">
        <span
          className="size-7 flex-none rounded-md border border-line-strong"
          style={look === 'fill' ? { background: `var(--color-${name})` } : { borderColor: `var(--color-${name})` }}
        />
        <span className="mono-xs truncate">{name}</span>
      </li>
    ))}
  </ul>
)

export function Colours() {
  return (
    <>
      <Specimen name="Surfaces, back to front">
        <Swatches names={surfaces} look="fill" />
      </Specimen>
      <Specimen name="Fills and marks">
        <Swatches names={fills} look="fill" />
      </Specimen>
      <Specimen name="Lines">
        <Swatches names={lines} look="line" />
      </Specimen>
      <Specimen name="Inks">
        <ul className="grid grid-cols-3 gap-1 max-sm:grid-cols-2">
          {inks.map((name) => (
            <li key={name} style={{ color: `var(--color-${name})` }} className="truncate">
              {name}
            </li>
          ))}
        </ul>
      </Specimen>
    </>
  )
}

export function Type() {
  return (
    <>
      <Specimen name="Sizes">
        <ul className="grid gap-1">
          {sizes.map((size) => (
            <li
              key={size}
              className={size.startsWith('mono') ? 'font-mono' : undefined}
              style={{ fontSize: `var(--text-${size})`, lineHeight: `var(--text-${size}--line-height)` }}
            >
              {size}: rotated billing archive, 65,535 bytes
            </li>
          ))}
        </ul>
      </Specimen>
      <Specimen name="Roles">
        <p className="page-title">4 items need a decision</p>
        <p className="figure">1,024</p>
        <p className="title">Rotation</p>
        <p className="mono">kms-d1f0k3h2cs7s73a1b2c0</p>
        <p className="mono-xs">billing-archive</p>
        <p>
          <a href="#type" className="link">
            billing archive
          </a>
        </p>
      </Specimen>
      <Specimen name="Marks">
        <Row>
          <CloudMark cloud="thalassa" />
          <CloudMark cloud="exoscale" />
          <PurposeIcon purpose="encrypt" />
          <PurposeIcon purpose="sign" />
          <PurposeIcon purpose="mac" />
        </Row>
      </Specimen>
    </>
  )
}
