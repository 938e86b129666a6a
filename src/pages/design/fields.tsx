import { useState } from 'react'
import { CodeArea } from '../../ui/CodeArea.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { Select } from '../../ui/Select.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
import { Row, Specimen } from './parts.tsx'

const hashes = [
  { value: 'sha2-256', label: 'sha2-256', hint: 'usual' },
  { value: 'sha2-512', label: 'sha2-512' },
  { value: 'sha1', label: 'sha1', disabledReason: 'Only for legacy signatures' },
]

const encodings = [
  { value: 'hex', label: 'Hex' },
  { value: 'base64', label: 'Base64' },
]

const keys = [
  {
    key: 'nl-01',
    label: 'nl-01',
    options: [
      { key: 'billing', value: 'billing', text: 'billing archive', end: 'aes256-gcm96' },
      { key: 'app', value: 'app', text: 'app-config', end: 'chacha20-poly1305' },
      { key: 'old', value: 'old', text: 'old backups', disabledReason: 'Disabled' },
    ],
  },
]

function Texts() {
  const [text, setText] = useState('billing archive')
  const [typed, setTyped] = useState('billing')
  const [encoding, setEncoding] = useState('hex')
  return (
    <>
      <Field label="Name" hint="It gets the slug billing-archive.">
        {(control) => <Input {...control} value={text} onChange={({ target }) => setText(target.value)} />}
      </Field>
      <Field label="Description" optional>
        {(control) => <Input {...control} placeholder="What it protects" />}
      </Field>
      <Field label="Name" error="The slug card-vault is taken in nl-01. Choose another name.">
        {(control) => <Input {...control} defaultValue="card vault" />}
      </Field>
      <Field label="Algorithm" fixed>
        {(control) => <Input {...control} mono readOnly value="aes256-gcm96" />}
      </Field>
      <Field label="Number of bytes">{(control) => <Input {...control} size="md" defaultValue="32" />}</Field>
      <Field label="Plaintext" hint="Up to 65,535 bytes">
        {(control) => <Textarea {...control} mono defaultValue='{"invoice":"2026-1107"}' />}
      </Field>
      <Field label="Description" error="It is 12 characters too long. Shorten it.">
        {(control) => <Textarea {...control} defaultValue="Opens the archive of every invoice since 2019" />}
      </Field>
      <Field label="Policy" hint="With a mark at a line">
        {(control) => (
          <CodeArea
            {...control}
            rows={4}
            readOnly
            value={'{\n  "default-service-strategy": "deny",\n  "services": {}\n}'}
            marks={[
              { line: 2, tone: 'error' },
              { line: 3, tone: 'warning' },
            ]}
          />
        )}
      </Field>
      <Field label="Encoding" group hint="A label for several controls">
        {({ id }) => (
          <SegmentedControl
            aria-labelledby={`${id}-label`}
            options={encodings}
            value={encoding}
            onChange={setEncoding}
          />
        )}
      </Field>
      <TypedConfirmation name="billing archive" value={typed} onChange={setTyped} />
    </>
  )
}

export function Fields() {
  const [hash, setHash] = useState('sha2-256')
  const [key, setKey] = useState('billing')
  return (
    <>
      <Texts />
      <Field label="Hash algorithm">
        {(control) => <Select {...control} mono options={hashes} value={hash} onChange={setHash} />}
      </Field>
      <Field label="Hash algorithm" error="Choose one.">
        {(control) => (
          <Select {...control} options={hashes} value={undefined} onChange={setHash} placeholder="Choose a hash" />
        )}
      </Field>
      <Specimen name="Select in a toolbar">
        <Row>
          <Select aria-label="Version" size="md" options={hashes} value={hash} onChange={setHash} />
        </Row>
      </Specimen>
      <Specimen name="Picker: chosen, nothing chosen, refused">
        <Picker label="Key" groups={keys} selected={key} onChange={setKey} footer="2 of 3 keys can encrypt" />
        <Picker label="Key" groups={keys} selected={undefined} onChange={setKey} placeholder="Choose a key" />
        <Picker label="Key" groups={keys} selected={key} onChange={setKey} aria-invalid>
          app-config, in two lines
        </Picker>
      </Specimen>
    </>
  )
}
