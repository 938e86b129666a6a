import { type ReactNode, useRef } from 'react'
import { isStorageBlocked } from '../lib/browser-storage.ts'
import { useCommandGroups } from '../pages/commands.ts'
import { Button } from '../ui/Button.tsx'
import { useCharacterKeys } from '../ui/character-shortcuts.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { commandKey } from '../ui/Kbd.tsx'
import { Switch } from '../ui/Switch.tsx'
import { useScreens } from './screens.ts'

interface Shortcut {
  readonly keys: readonly string[]
  readonly does: string
}

const everywhere: readonly Shortcut[] = [
  { keys: [commandKey, 'K'], does: 'Find a key or action' },
  { keys: ['/'], does: 'Search on this page' },
  { keys: ['C'], does: 'Create a key' },
  { keys: ['?'], does: 'Show this help' },
  { keys: ['Esc'], does: 'Close the dialog or menu' },
]

function Group({ title, shortcuts }: { title: string; shortcuts: readonly Shortcut[] }): ReactNode {
  return (
    <section className="min-w-0">
      <h3 className="pb-1 font-medium text-fg-subtle text-xs">{title}</h3>
      <dl className="text-sm">
        {shortcuts.map(({ keys, does }) => (
          <div key={does} className="flex min-h-7 items-center justify-between gap-3">
            <dt className="min-w-0">{does}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((key) => (
                <kbd
                  key={key}
                  className="inline-block min-w-[18px] rounded-xs border border-line bg-sunken px-1 text-center font-medium font-sans text-2xs text-fg-muted"
                >
                  {key}
                </kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

/** Shortcuts of the current page and the global ones. */
export function HelpDialog({ onClose }: { onClose: () => void }) {
  const screens = useScreens()
  const close = useRef<HTMLButtonElement>(null)
  const { on, turn } = useCharacterKeys()
  const goTo = screens.map(({ label, shortcut: letter }) => ({ keys: ['G', letter.toUpperCase()], does: label }))
  const ofPage = useCommandGroups().flatMap(({ commands }) =>
    commands.flatMap(
      ({ label, shortcut, shortcutHint: keys = shortcut === undefined ? [] : [shortcut.toUpperCase()] }) =>
        keys.length === 0 ? [] : [{ keys, does: label.replace(/…$/, '') }],
    ),
  )
  const ofPageKeys = new Set(ofPage.map(({ keys }) => keys.join(' ')))
  return (
    <Dialog
      initialFocus={close}
      open
      wide
      onClose={onClose}
      title="Help and shortcuts"
      footer={
        <Button ref={close} onClick={onClose}>
          Close
        </Button>
      }
    >
      <p>
        The search in the top bar also runs actions: type a part of the action, or of a key’s name, slug or id. An
        action that is not possible says why.
      </p>
      <div className="grid grid-cols-2 gap-x-8 gap-y-4 max-sm:grid-cols-1">
        <Group title="Everywhere" shortcuts={everywhere.filter(({ keys }) => !ofPageKeys.has(keys.join(' ')))} />
        <Group title="Go to" shortcuts={goTo} />
        {ofPage.length > 0 ? <Group title="On this page" shortcuts={ofPage} /> : null}
      </div>
      <div className="border-line border-t pt-3 text-sm">
        <Switch
          checked={on}
          onChange={turn}
          label="Single-key shortcuts"
          hint={`Turn them off if speech input or a wrong key triggers them. ${
            isStorageBlocked('localStorage')
              ? 'This browser blocks storage: the choice is lost on reload.'
              : 'This browser remembers the choice.'
          }`}
        />
      </div>
    </Dialog>
  )
}
