import { KeyRound, Monitor, Moon, PenLine, Sun } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../ui/Badge.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { CodeArea } from '../../ui/CodeArea.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { RadioCards } from '../../ui/RadioCards.tsx'
import { RadioRows } from '../../ui/RadioRows.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
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
  { value: 'aes256-gcm96', title: 'aes256-gcm96', badge: <Badge tone="accent">Recommended</Badge>, cells: [true] },
  { value: 'chacha20-poly1305', title: 'chacha20-poly1305', text: 'Fast without AES hardware', cells: [false] },
  { value: 'rsa-4096', title: 'rsa-4096', disabledReason: 'Not in this region.', cells: [true] },
]
const hashes = [
  { value: 'sha2-256', label: 'sha2-256', hint: 'usual' },
  { value: 'sha1', label: 'sha1', disabledReason: 'Only for legacy signatures' },
]
const keys = [
  {
    key: 'nl-01',
    label: 'nl-01',
    options: [
      { key: 'billing', value: 'billing', text: 'billing archive', end: 'aes256-gcm96' },
      { key: 'old', value: 'old', text: 'old backups', disabledReason: 'Disabled' },
    ],
  },
]
const tabs = [
  { value: 'overview', label: 'Overview' },
  { value: 'versions', label: 'Versions', count: 8 },
  { value: 'rotation', label: 'Rotation' },
]

const marks = [
  { line: 1, tone: 'error' },
  { line: 2, tone: 'warning' },
] as const

function Texts() {
  const [hash, setHash] = useState('sha2-256')
  const [key, setKey] = useState('billing')
  return (
    <>
      <Field label="Name" hint="It gets the slug billing-archive.">
        {(control) => <Input {...control} defaultValue="billing archive" />}
      </Field>
      <Field label="Name" error="The slug card-vault is taken in nl-01. Choose another name.">
        {(control) => <Input {...control} defaultValue="card vault" />}
      </Field>
      <Field label="Description" optional>
        {(control) => <Textarea {...control} placeholder="What it protects" />}
      </Field>
      <Field label="Policy" hint="With marks at two lines">
        {(control) => <CodeArea {...control} rows={3} readOnly value={'{\n  "services": {}\n}'} marks={marks} />}
      </Field>
      <Field label="Hash algorithm">
        {(control) => <Select {...control} mono options={hashes} value={hash} onChange={setHash} />}
      </Field>
      <Specimen name="Picker: chosen, nothing chosen">
        <Picker label="Key" groups={keys} selected={key} onChange={setKey} footer="1 of 2 keys can encrypt" />
        <Picker label="Key" groups={keys} selected={undefined} onChange={setKey} placeholder="Choose a key" />
      </Specimen>
      <TypedConfirmation name="billing archive" value="billing" onChange={nothing} />
    </>
  )
}

export function Fields() {
  const [on, setOn] = useState(true)
  const [encoding, setEncoding] = useState('text')
  const [theme, setTheme] = useState('system')
  const [purpose, setPurpose] = useState('encrypt')
  const [algorithm, setAlgorithm] = useState('aes256-gcm96')
  const [tab, setTab] = useState('overview')
  return (
    <>
      <Texts />
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
      </Specimen>
      <Specimen name="Segmented">
        <Row>
          <SegmentedControl label="Encoding" options={encodings} value={encoding} onChange={setEncoding} />
          <SegmentedControl label="Theme" size="md" options={themes} value={theme} onChange={setTheme} />
        </Row>
      </Specimen>
      <Specimen name="Radio cards">
        <RadioCards label="Purpose" cards={purposes} value={purpose} onChange={setPurpose} />
      </Specimen>
      <Specimen name="Radio rows">
        <RadioRows label="Algorithm" columns={['Import']} rows={algorithms} value={algorithm} onChange={setAlgorithm} />
      </Specimen>
      <Specimen name="Tabs">
        <Tabs label="Key" value={tab} onChange={setTab} tabs={tabs}>
          <p className="pt-3 text-fg-muted">The panel of {tab}</p>
        </Tabs>
      </Specimen>
    </>
  )
}
