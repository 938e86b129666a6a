import { KeyRound, Monitor, Moon, PenLine, Plus, Sun } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { CloudMark } from '../shared/CloudMark.tsx'
import { nothing, Row, Specimen } from './parts.tsx'

const encodings = [
  { value: 'text', label: 'Text' },
  { value: 'hex', label: 'Hex' },
  { value: 'base64', label: 'Base64', disabledReason: 'These bytes are no UTF-8.' },
]
const themes = [
  { value: 'system', label: 'System', icon: Monitor },
  { value: 'light', label: 'Light', icon: Sun },
  { value: 'dark', label: 'Dark', icon: Moon },
]
const purposes = [
  { value: 'encrypt', title: 'Encrypt data', icon: KeyRound, text: 'Encrypt and decrypt up to 64 KiB' },
  { value: 'sign', title: 'Sign', icon: PenLine, text: 'Sign and verify messages' },
  { value: 'mac', title: 'Authenticate', disabledReason: 'This zone has no such keys.' },
]
const algorithms = [
  {
    value: 'aes256-gcm96',
    title: 'aes256-gcm96',
    badge: <Badge tone="accent">Recommended</Badge>,
    text: 'The usual choice; every platform has it',
    cells: [true, true, false],
  },
  {
    value: 'chacha20-poly1305',
    title: 'chacha20-poly1305',
    text: 'Fast without AES hardware',
    cells: [true, false, false],
  },
  { value: 'rsa-4096', title: 'rsa-4096', disabledReason: 'Not in this region.', cells: [true, false, true] },
]
function Switches() {
  const [on, setOn] = useState(true)
  return (
    <>
      <Specimen name="Switch">
        <Switch checked={on} onChange={setOn} label="Rotate automatically" hint="Every 90 days" />
        <Switch checked={false} onChange={setOn} label="Allow export" />
        <Switch checked={on} onChange={setOn} label="Allow export" disabledReason="Can’t be changed after creation." />
      </Specimen>
      <Specimen name="Checkbox">
        <Checkbox checked={on} onChange={setOn} label="Show reads" hint="Requests that change nothing" />
        <Checkbox checked={false} onChange={setOn} label="Not chosen" />
        <Checkbox checked={false} mixed onChange={setOn} label="Some of them" />
        <Checkbox checked onChange={setOn} label="Chosen for good" disabledReason="It can’t be left out." />
        <Row>
          <Checkbox checked={on} onChange={setOn} aria-label="Select billing archive" />
        </Row>
      </Specimen>
    </>
  )
}

export function Choices() {
  const [encoding, setEncoding] = useState('text')
  const [theme, setTheme] = useState('system')
  const [purpose, setPurpose] = useState('encrypt')
  const [algorithm, setAlgorithm] = useState('aes256-gcm96')
  const [tab, setTab] = useState('overview')
  return (
    <>
      <Switches />
      <Specimen name="Segmented">
        <Row>
          <SegmentedControl label="Encoding" options={encodings} value={encoding} onChange={setEncoding} />
          <SegmentedControl label="Encoding" size="md" options={encodings} value={encoding} onChange={setEncoding} />
          <SegmentedControl label="Theme" options={themes} value={theme} onChange={setTheme} />
        </Row>
      </Specimen>
      <Specimen name="Radio cards: chosen, nothing chosen">
        <RadioCards label="Purpose" cards={purposes} value={purpose} onChange={setPurpose} />
        <RadioCards
          label="Cloud"
          cards={[
            { value: 'a', title: 'Thalassa Cloud', mark: <CloudMark cloud="thalassa" />, text: 'nl-01' },
            { value: 'b', title: 'Exoscale', mark: <CloudMark cloud="exoscale" />, text: 'ch-gva-2' },
          ]}
          value={undefined}
          onChange={nothing}
        />
      </Specimen>
      <Specimen name="Radio rows">
        <RadioRows
          label="Algorithm"
          columns={['Rotate', 'Import', 'Public key']}
          rows={algorithms}
          value={algorithm}
          onChange={setAlgorithm}
        />
      </Specimen>
      <Specimen name="Tabs">
        <Tabs
          label="Key"
          value={tab}
          onChange={setTab}
          end={
            <Button size="sm" icon={Plus}>
              Create
            </Button>
          }
          tabs={[
            { value: 'overview', label: 'Overview' },
            { value: 'versions', label: 'Versions', count: 8 },
            { value: 'rotation', label: 'Rotation' },
          ]}
        >
          <p className="pt-3 text-fg-muted">The panel of {tab}</p>
        </Tabs>
      </Specimen>
    </>
  )
}
