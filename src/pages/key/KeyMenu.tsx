import { Copy, Ellipsis, Link2 } from 'lucide-react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { Button } from '../../ui/Button.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { type KeyAction, keyActionItems } from '../shared/key-actions/actions.ts'
import { useCopy } from '../shared/use-copy.ts'
import { useLinks } from '../use-project.ts'

interface KeyMenuProps {
  keyOf: KmsKey
  start: (action: KeyAction, key: KmsKey) => void
}

/** What else can be done to this key; rotating has a button of its own. */
export function KeyMenu({ keyOf: key, start }: KeyMenuProps) {
  const copy = useCopy()
  const links = useLinks()
  return (
    <Menu trigger={<Button iconOnly icon={Ellipsis} aria-label="More actions" />}>
      <MenuItem icon={Copy} onSelect={() => copy('id', key.id)}>
        Copy id
      </MenuItem>
      <MenuItem icon={Link2} onSelect={() => copy('link', location.origin + links.key(addressOf(key)))}>
        Copy link
      </MenuItem>
      <MenuSeparator />
      {keyActionItems(key)
        .filter(({ id }) => id !== 'rotate')
        .map(({ id, label, icon, disabledReason: refusal, danger }) => (
          <MenuItem key={id} icon={icon} danger={danger} disabledReason={refusal} onSelect={() => start(id, key)}>
            {label}
          </MenuItem>
        ))}
    </Menu>
  )
}
