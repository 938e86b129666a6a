/** Options of the command palette besides keys: commands of the page, navigation and settings. */
import {
  CircleHelp,
  Clock,
  Copy,
  FileLock2,
  FlaskConical,
  History,
  Monitor,
  Moon,
  Plus,
  SquareTerminal,
  Sun,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { offersOperation, operationRefusal } from '../../clouds/key-operations.ts'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { playgroundRefusal } from '../../clouds/offered-operations.ts'
import type { Command, CommandGroup } from '../../pages/commands.ts'
import { openOverlay } from '../../pages/overlay.ts'
import type { Links } from '../../pages/paths.ts'
import { type KeyAction, keyActionItems } from '../../pages/shared/key-actions/actions.ts'
import type { TimeZoneChoice } from '../../pages/time-zone.ts'
import { Icon } from '../../ui/Icon.tsx'
import type { useScreens } from '../screens.ts'
import type { ThemeChoice } from '../theme.ts'
import { termsOf } from './search-keys.ts'

export interface Option {
  readonly id: string
  readonly label: string
  readonly mark: ReactNode
  /** Content at the right end. */
  readonly end?: ReactNode
  /** Keyboard shortcut, one text per key. */
  readonly keys?: readonly string[] | undefined
  readonly disabledReason?: string | undefined
  /** Path of a page, or a function. */
  readonly run: string | (() => void)
  /** Set for a key, which has commands of its own. */
  readonly kmsKey?: KmsKey
}

export interface OptionGroup {
  readonly id: string
  readonly title: string
  readonly options: readonly Option[]
  /** Number of further matches. */
  readonly more?: number
}

/** Commands shown of one collapsed kind. */
const SHOWN = 20

const keysOf = ({ shortcut, shortcutHint }: Command) =>
  shortcutHint ?? (shortcut === undefined ? undefined : [shortcut.toUpperCase()])

const optionOf = (id: string, command: Command): Option => ({
  id,
  label: command.label,
  mark: <Icon of={command.icon} className="text-fg-subtle" />,
  end: command.note ?? (command.detail && <span className="mono-xs">{command.detail}</span>),
  disabledReason: command.disabledReason,
  run: command.run,
  keys: keysOf(command),
})

/** Options whose text contains every term of the query, matches at word starts first. */
function matching(groups: readonly CommandGroup[], query: string): OptionGroup[] {
  const words = termsOf(query)
  return groups.flatMap(({ id, title, commands }) => {
    const found = [...commands.entries()].filter(
      ([, { label, detail = '', note = '', keywords = '', collapsed = false }]) => {
        const text = `${label} ${detail} ${note} ${keywords} ${title}`.toLowerCase()
        return (words.length > 0 || !collapsed) && words.every((word) => text.includes(word))
      },
    )
    const beyond = new Set(found.filter(([, { collapsed }]) => collapsed).slice(SHOWN))
    const options = found.filter((one) => !beyond.has(one)).map(([place, action]) => optionOf(`${id} ${place}`, action))
    return options.length === 0 ? [] : [{ id, title, options, more: beyond.size }]
  })
}

interface Console {
  readonly query: string
  readonly page: readonly CommandGroup[]
  readonly screens: ReturnType<typeof useScreens>
  readonly links: Links
  readonly theme: ThemeChoice
  readonly chooseTheme: (theme: ThemeChoice) => void
  readonly zone: TimeZoneChoice
  readonly chooseZone: (zone: TimeZoneChoice) => void
}

/** Commands of the current page, then global ones. */
export function commands(console: Console): readonly OptionGroup[] {
  const { query, page, screens, links, theme, chooseTheme, zone, chooseZone } = console
  const to: CommandGroup = {
    id: 'go',
    title: 'Go to',
    commands: [
      ...screens.map(({ label, to, Icon: icon, shortcut: letter }) => ({
        label,
        icon,
        run: to(links),
        keys: ['G', letter.toUpperCase()],
      })),
      { label: 'Create key', icon: Plus, run: links.createKey(), keywords: 'new import' },
      { label: 'Encrypt or decrypt a file', icon: FileLock2, run: links.files(), keywords: 'files' },
    ],
  }
  const themes = [
    { value: 'system', label: 'System theme', icon: Monitor },
    { value: 'light', label: 'Light theme', icon: Sun },
    { value: 'dark', label: 'Dark theme', icon: Moon },
  ] as const
  const zones = [
    { value: 'local', label: 'Show times in local time' },
    { value: 'utc', label: 'Show times in UTC' },
  ] as const
  const own: CommandGroup = {
    id: 'console',
    title: 'Console',
    commands: [
      ...themes.map(({ value, label, icon }) => ({
        label,
        icon,
        keywords: 'mode colour',
        run: () => chooseTheme(value),
        disabledReason: theme === value ? 'It is on.' : undefined,
      })),
      ...zones.map(({ value, label }) => ({
        label,
        icon: Clock,
        keywords: 'time zone dates',
        run: () => chooseZone(value),
        disabledReason: zone === value ? 'It is on.' : undefined,
      })),
      {
        label: 'Requests',
        icon: SquareTerminal,
        keywords: 'inspector network calls http curl log',
        run: () => openOverlay({ kind: 'requests' }),
      },
      {
        label: 'Help and shortcuts',
        icon: CircleHelp,
        keywords: 'keyboard',
        shortcut: '?',
        run: () => openOverlay({ kind: 'help' }),
      },
    ],
  }
  return matching([...page, to, own], query)
}

interface KeyCommands {
  readonly key: KmsKey
  readonly query: string
  readonly links: Links
  readonly start: (action: KeyAction) => void
  readonly copy: () => void
}

/** Commands of one key. */
export function keyCommands({ key, query, links, start, copy }: KeyCommands): readonly OptionGroup[] {
  const address = addressOf(key)
  const commands: Command[] = [
    {
      label: 'Open in playground',
      icon: FlaskConical,
      run: links.playground(address),
      disabledReason: playgroundRefusal(key),
    },
    ...(offersOperation(key, 'setRotation')
      ? [
          {
            label: 'Edit rotation',
            icon: History,
            run: links.key(address, { tab: 'rotation' }),
            disabledReason: operationRefusal(key, 'setRotation'),
          },
        ]
      : []),
    { label: 'Copy id', icon: Copy, run: copy },
    ...keyActionItems(key).map(({ id, label, icon, disabledReason: refusal }) => ({
      label,
      icon,
      disabledReason: refusal,
      run: () => start(id),
    })),
  ]
  return matching([{ id: 'key', title: `On ${key.name}`, commands }], query)
}
