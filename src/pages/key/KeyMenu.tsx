import { Copy, Ellipsis, Link2 } from 'lucide-react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { actionItems, type KeyAction } from '../key-actions/actions.ts'
import { paths } from '../paths.ts'

interface KeyMenuProps {
  keyOf: KmsKey
  start: (action: KeyAction, key: KmsKey) => void
}

/** What else can be done to this key; rotating has a button of its own. */
export function KeyMenu({ keyOf: key, start }: KeyMenuProps) {
  const toast = useToast()
  const copy = (what: string, text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(`Copied the ${what}.`),
      () => toast.error(`The ${what} was not copied.`, { text: 'The browser refused. Select it on the page instead.' }),
    )
  return (
    <Menu trigger={<Button iconOnly icon={Ellipsis} aria-label="More actions" />}>
      <MenuItem icon={Copy} onSelect={() => void copy('id', key.id)}>
        Copy id
      </MenuItem>
      <MenuItem icon={Link2} onSelect={() => void copy('link', location.origin + paths.key.to(addressOf(key)))}>
        Copy link
      </MenuItem>
      <MenuSeparator />
      {actionItems(key)
        .filter(({ id }) => id !== 'rotate')
        .map(({ id, label, icon, refusal, danger }) => (
          <MenuItem key={id} icon={icon} danger={danger} reason={refusal} onSelect={() => start(id, key)}>
            {label}
          </MenuItem>
        ))}
    </Menu>
  )
}
