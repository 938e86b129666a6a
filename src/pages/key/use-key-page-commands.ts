import { Copy, FileKey2, FlaskConical, Globe, Link2, PanelTop } from 'lucide-react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { type Command, usePageCommands } from '../commands.ts'
import { type KeyAction, keyActionItems } from '../shared/key-actions/actions.ts'
import { playgroundRefusal } from '../shared/offered-operations.ts'
import type { Copy as CopyText } from '../shared/use-copy.ts'
import { useLinks } from '../use-project.ts'
import { type KeyTab, tabLabels } from './use-key-tab.ts'

/** Title of the key's commands in the palette. */
export const commandGroup = ({ name }: KmsKey): string => `On ${name}`

interface DialogCommand extends Omit<Command, 'run'> {
  readonly tab: KeyTab
}

/** Commands that open the dialog of a tab from the other tabs. */
export function tabsWithDialog(key: KmsKey, tabs: readonly KeyTab[]): readonly DialogCommand[] {
  const { replicate, export: exporting } = cloudOf(key.cloud).operations
  const all = [
    {
      tab: 'replicas',
      label: 'Replicate to…',
      icon: Globe,
      disabledReason: replicate?.refusal(key),
      keywords: 'zone replica',
    },
    { tab: 'export', label: 'Export key material…', icon: FileKey2, disabledReason: exporting?.refusal(key) },
  ] as const
  return all.filter(({ tab }) => tabs.includes(tab))
}

interface KeyPageCommands {
  readonly start: (action: KeyAction, key: KmsKey) => void
  readonly copy: CopyText
  /** Tabs that are not open. */
  readonly tabs: readonly KeyTab[]
  readonly open: (tab: KeyTab) => void
  /** Commands that open the dialogs of those tabs. */
  readonly dialogs: readonly Command[]
}

/** Commands of the key page in the palette and as shortcuts. */
export function useKeyPageCommands(key: KmsKey, { start, copy, tabs, open, dialogs: asking }: KeyPageCommands): void {
  const links = useLinks()
  usePageCommands(
    [
      {
        label: 'Use in playground',
        icon: FlaskConical,
        run: links.playground(addressOf(key)),
        disabledReason: playgroundRefusal(key),
        keywords: 'open encrypt decrypt sign verify hmac',
      },
      ...keyActionItems(key).map(({ id, label, icon, disabledReason: refusal }) => ({
        label,
        icon,
        disabledReason: refusal,
        run: () => start(id, key),
      })),
      ...asking,
      { label: 'Copy id', icon: Copy, run: () => copy('id', key.id) },
      { label: 'Copy link', icon: Link2, run: () => copy('link', location.origin + links.key(addressOf(key))) },
      ...tabs.map((tab) => ({
        label: `Open ${tabLabels[tab]}`,
        icon: PanelTop,
        run: () => open(tab),
        keywords: 'tab',
      })),
    ],
    { title: commandGroup(key) },
  )
}
