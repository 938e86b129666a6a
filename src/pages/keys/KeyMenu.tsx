import { Copy, FlaskConical, History } from 'lucide-react'
import { offersOperation, operationRefusal } from '../../clouds/key-operations.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { playgroundRefusal } from '../../clouds/offered-operations.ts'
import { Link } from '../../router/react.tsx'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import { MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { type KeyAction, type KeyActionItem, keyActionItems } from '../shared/key-actions/actions.ts'
import { useLinks } from '../use-project.ts'
import { spokenName } from './key-rows.ts'

export interface KeyMenuProps {
  anchor: HTMLElement
  byKeyboard: boolean
  kmsKey: KmsKey
  onAction: (action: KeyAction) => void
  onCopy: () => void
  onClose: () => void
}

/** What can be done to the key of a row; what is not possible now stays, with the reason. */
export function KeyMenu({ anchor, byKeyboard, kmsKey, onAction, onCopy, onClose }: KeyMenuProps) {
  const links = useLinks()
  const address = addressOf(kmsKey)
  const [rotate, ...others] = keyActionItems(kmsKey)
  const item = ({ id, label, icon, disabledReason: refusal, danger }: KeyActionItem) => (
    <MenuItem key={id} icon={icon} danger={danger} disabledReason={refusal} onSelect={() => onAction(id)}>
      {label}
    </MenuItem>
  )
  return (
    <ContextMenu anchor={anchor} byKeyboard={byKeyboard} label={`Actions for ${spokenName(kmsKey)}`} onClose={onClose}>
      <MenuItem
        icon={FlaskConical}
        disabledReason={playgroundRefusal(kmsKey)}
        render={<Link to={links.playground(address)} />}
      >
        Open in playground
      </MenuItem>
      {rotate === undefined ? null : item(rotate)}
      {offersOperation(kmsKey, 'setRotation') ? (
        <MenuItem
          icon={History}
          disabledReason={operationRefusal(kmsKey, 'setRotation')}
          render={<Link to={links.key(address, { tab: 'rotation' })} />}
        >
          Edit rotation
        </MenuItem>
      ) : null}
      <MenuItem icon={Copy} onSelect={onCopy}>
        Copy id
      </MenuItem>
      <MenuSeparator />
      {others.map(item)}
    </ContextMenu>
  )
}
