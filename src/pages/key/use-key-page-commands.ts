import { Copy, FileKey2, FlaskConical, Globe, Link2, PanelTop } from 'lucide-react'
import { operationOf } from '../../clouds/key-operations.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { playgroundRefusal } from '../../clouds/offered-operations.ts'
import { fullAddress } from '../../lib/base-path.ts'
import { type Command, usePageCommands } from '../commands.ts'
import { type KeyAction, keyActionItems } from '../shared/key-actions/actions.ts'
import type { Copy as CopyText } from '../shared/use-copy.ts'
import { useLinks } from '../use-project.ts'
import { type KeyTab, tabLabels } from './use-key-tab.ts'

/** Title of the key's commands in the palette. */
export const commandGroup = ({ name }: KmsKey): string => `On ${name}`

/** Export of the key, where it allows one. */
export function exportItem(key: KmsKey): Omit<Command, 'run'> | undefined {
  const operation = operationOf(key, 'export')
  if (!operation || !key.traits.includes('exportable')) return undefined
  return { label: 'Export key material…', icon: FileKey2, disabledReason: operation.refusal(key) }
}

interface KeyPageCommands {
  readonly start: (action: KeyAction, key: KmsKey) => void
  readonly copy: CopyText
  readonly tabs: readonly KeyTab[]
  /** Tab that is open. */
  readonly tab: KeyTab
  readonly open: (tab: KeyTab) => void
  readonly startExport: () => void
  readonly startReplication: () => void
}

/** Commands of the key page in the palette and as shortcuts. */
export function useKeyPageCommands(key: KmsKey, page: KeyPageCommands): void {
  const { start, copy, tabs, tab, open, startExport, startReplication } = page
  const links = useLinks()
  const exporting = exportItem(key)
  usePageCommands(
    [
      {
        label: 'Open in playground',
        icon: FlaskConical,
        run: links.playground(addressOf(key)),
        disabledReason: playgroundRefusal(key),
        keywords: 'use encrypt decrypt sign verify hmac',
      },
      ...keyActionItems(key).map(({ id, label, icon, disabledReason: refusal }) => ({
        label,
        icon,
        disabledReason: refusal,
        run: () => start(id, key),
      })),
      ...(tabs.includes('replicas')
        ? [
            {
              label: 'Replicate to…',
              icon: Globe,
              disabledReason: operationOf(key, 'replicate')?.refusal(key),
              keywords: 'zone replica',
              run: startReplication,
            },
          ]
        : []),
      ...(exporting ? [{ ...exporting, run: startExport }] : []),
      { label: 'Copy id', icon: Copy, run: () => copy('id', key.id) },
      { label: 'Copy link', icon: Link2, run: () => copy('link', fullAddress(links.key(addressOf(key)))) },
      ...tabs
        .filter((one) => one !== tab)
        .map((one) => ({ label: `Open ${tabLabels[one]}`, icon: PanelTop, run: () => open(one), keywords: 'tab' })),
    ],
    { title: commandGroup(key) },
  )
}
