import { useState } from 'react'
import { Field } from '../../ui/Field.tsx'
import { FilterMenu } from '../../ui/FilterMenu.tsx'
import { Input } from '../../ui/Input.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Select } from '../../ui/Select.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { TypedConfirmation } from '../../ui/TypedConfirmation.tsx'
import { Row, Specimen } from './parts.tsx'

const hashes = [
  { value: 'sha2-256', label: 'sha2-256', hint: 'usual' },
  { value: 'sha2-512', label: 'sha2-512' },
  { value: 'sha1', label: 'sha1', reason: 'Only for legacy signatures' },
]

const keys = [
  {
    key: 'nl-01',
    label: 'nl-01',
    options: [
      { key: 'billing', value: 'billing', text: 'billing archive', end: 'aes256-gcm96' },
      { key: 'app', value: 'app', text: 'app-config', end: 'chacha20-poly1305' },
      { key: 'old', value: 'old', text: 'old backups', reason: 'Disabled' },
    ],
  },
]

const statuses = [
  { value: 'active', label: 'Active', count: 34 },
  { value: 'disabled', label: 'Disabled', count: 2 },
  { value: 'pending', label: 'Pending deletion', count: 0, reason: 'No key that is shown has it' },
]

function Texts() {
  const [text, setText] = useState('billing archive')
  const [typed, setTyped] = useState('billing')
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
      <Field label="Plaintext" hint="Up to 65,535 bytes">
        {(control) => <Textarea {...control} mono defaultValue='{"invoice":"2026-1107"}' />}
      </Field>
      <TypedConfirmation name="billing archive" value={typed} onChange={setTyped} />
    </>
  )
}

export function Fields() {
  const [search, setSearch] = useState('')
  const [hash, setHash] = useState('sha2-256')
  const [key, setKey] = useState('billing')
  const [chosen, setChosen] = useState(['active'])
  return (
    <>
      <Texts />
      <Specimen name="Search, filters">
        <Row>
          <SearchField label="Search keys" placeholder="Search name, id, label" value={search} onChange={setSearch} />
          <FilterMenu label="Status" options={statuses} chosen={chosen} onChange={setChosen} />
          <FilterMenu label="Cloud" options={statuses} chosen={[]} onChange={setChosen} />
        </Row>
      </Specimen>
      <Field label="Hash algorithm">
        {(control) => <Select {...control} mono options={hashes} value={hash} onChange={setHash} />}
      </Field>
      <Field label="Hash algorithm" error="Choose one.">
        {(control) => (
          <Select {...control} options={hashes} value={undefined} onChange={setHash} placeholder="Choose a hash" />
        )}
      </Field>
      <Specimen name="Picker">
        <Picker label="Key" groups={keys} selected={key} onChange={setKey} footer="2 of 3 keys can encrypt" />
      </Specimen>
    </>
  )
}
