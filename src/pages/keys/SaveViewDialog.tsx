import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'

interface SaveViewDialogProps {
  onSave: (name: string) => void
  onClose: () => void
}

/** Asks for the name of the view in sight. */
export function SaveViewDialog({ onSave, onClose }: SaveViewDialogProps) {
  const [text, setText] = useState('')
  const name = text.trim()
  return (
    <Dialog
      open
      onClose={onClose}
      title="Save view"
      onSubmit={() => {
        if (name !== '') onSave(name)
      }}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="primary" disabledReason={name === '' ? 'Enter a name first.' : undefined}>
            Save view
          </Button>
        </>
      }
    >
      <Field label="Name" hint="This browser keeps search, filters and order under this name.">
        {(control) => (
          <Input {...control} value={text} maxLength={60} onChange={({ target }) => setText(target.value)} />
        )}
      </Field>
    </Dialog>
  )
}
