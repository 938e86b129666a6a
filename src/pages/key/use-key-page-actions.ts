import { Copy, FlaskConical, Link2, PanelTop } from 'lucide-react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { useToast } from '../../ui/Toast.tsx'
import { actionItems, type KeyAction } from '../key-actions/actions.ts'
import { usePageActions } from '../page-actions.ts'
import { paths } from '../paths.ts'
import { playgroundRefusal } from '../playground/operations.ts'
import { useKeyAddress } from '../use-project.ts'

interface TabChoice {
  readonly label: string
  readonly open: () => void
}

/** What the page of a key offers beside its buttons: in the palette and by shortcuts. */
export function useKeyPageActions(
  key: KmsKey,
  start: (action: KeyAction, key: KmsKey) => void,
  tabs: readonly TabChoice[],
): void {
  const toast = useToast()
  const address = useKeyAddress(key)
  const copy = (what: string, text: string) =>
    navigator.clipboard.writeText(text).then(
      () => toast.success(`Copied the ${what}.`),
      () => toast.error(`The ${what} was not copied.`, { text: 'The browser refused. Select it on the page instead.' }),
    )
  usePageActions(`On ${key.name}`, [
    {
      label: 'Use in playground',
      icon: FlaskConical,
      act: paths.playground.to(address),
      reason: playgroundRefusal(key),
      also: 'open encrypt decrypt sign verify hmac',
    },
    ...actionItems(key).map(({ id, label, icon, refusal }) => ({
      label,
      icon,
      reason: refusal,
      act: () => start(id, key),
    })),
    { label: 'Copy id', icon: Copy, act: () => void copy('id', key.id) },
    { label: 'Copy link', icon: Link2, act: () => void copy('link', location.origin + paths.key.to(addressOf(key))) },
    ...tabs.map(({ label, open }) => ({ label: `Open ${label}`, icon: PanelTop, act: open, also: 'tab' })),
  ])
}
