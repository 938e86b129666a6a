import { Dialog } from '@base-ui/react/dialog'
import { Search } from 'lucide-react'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { cloudOf } from '../../clouds/registry.ts'
import { count, formatNumber } from '../../lib/numbers.ts'
import { useCommandGroups } from '../../pages/commands.ts'
import type { Links } from '../../pages/paths.ts'
import { CloudMark } from '../../pages/shared/CloudMark.tsx'
import type { KeyActions } from '../../pages/shared/key-actions/use-key-actions.tsx'
import type { Copy } from '../../pages/shared/use-copy.ts'
import { useTimeZone } from '../../pages/time-zone.ts'
import { type AllKeys, useAllKeys } from '../../pages/use-keys.ts'
import { useLinks } from '../../pages/use-project.ts'
import { useNavigate } from '../../router/react.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Kbd } from '../../ui/Kbd.tsx'
import { LiveRegion } from '../../ui/LiveRegion.tsx'
import { useScreens } from '../screens.ts'
import { useTheme } from '../theme.ts'
import { OptionRow } from './OptionRow.tsx'
import { commands, keyCommands, type Option, type OptionGroup } from './options.tsx'
import { isMatch, termsOf } from './search-keys.ts'
import { takeTypeAhead } from './type-ahead.ts'
import { useKeySearch } from './use-key-search.ts'

export interface PaletteProps {
  /** Key actions and copying, whose dialogs outlive the palette. */
  start: KeyActions['start']
  copy: Copy
  onClose: () => void
}

/** Rows that Page Up and Page Down move by. */
const PAGE = 8

const endOf = ({ cloud, location, traits }: KmsKey) => (
  <>
    {traits.includes('replica') ? 'Replica' : null} <span className="mono-xs">{location}</span> {cloudOf(cloud).name}
  </>
)

/** Unique id of an option: keys may share a name, and a key and its replicas an id. */
const idOf = ({ cloud, location, id }: KmsKey) => `${cloud} ${location} ${id}`

function keyOption(key: KmsKey, links: Links): Option {
  return {
    id: idOf(key),
    label: key.name,
    mark: <CloudMark cloud={key.cloud} />,
    end: endOf(key),
    run: links.key(addressOf(key)),
    kmsKey: key,
  }
}

/** Locations whose keys are missing from the search. */
function partWords({ pending, answered, asked, missing }: AllKeys): string {
  if (pending) return asked === 0 ? 'Reading the keys' : `${answered} of ${asked} locations read`
  return missing.length === 0 ? '' : `${count(missing.length, 'location')} did not answer`
}

/** Command palette: finds a key or a command by typing, and opens or runs it. */
export function Palette({ start, copy, onClose }: PaletteProps) {
  const navigate = useNavigate()
  const links = useLinks()
  const screens = useScreens()
  const page = useCommandGroups()
  const { choice, choose } = useTheme()
  const { choice: zone, choose: chooseZone } = useTimeZone()
  const all = useAllKeys()
  const [query, setQuery] = useState('')
  const [about, setAbout] = useState<KmsKey>()
  const [at, setAt] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const base = useId()
  const found = useKeySearch(all.keys, about ? '' : query)

  const words = termsOf(query)
  // While the search runs, earlier results that still match stay.
  const keys = found.keys.filter((key) => isMatch(key, words))
  const keyGroup: OptionGroup[] =
    keys.length === 0 ? [] : [{ id: 'keys', title: 'Keys', options: keys.map((key) => keyOption(key, links)) }]
  const groups: readonly OptionGroup[] = about
    ? keyCommands({
        key: about,
        query,
        links,
        start: (action) => start(action, about),
        copy: () => copy(`id of ${about.name}`, about.id),
      })
    : [...keyGroup, ...commands({ query, page, screens, links, theme: choice, chooseTheme: choose, zone, chooseZone })]
  const options = groups.flatMap((group) => group.options)
  const active = options[Math.min(at, options.length - 1)]
  const domId = (option: Option) => `${base}-${options.indexOf(option)}`
  const activeId = active && domId(active)

  useEffect(() => {
    if (activeId !== undefined) document.getElementById(activeId)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const type = (text: string) => {
    setQuery(text)
    setAt(0)
  }
  const enter = (key: KmsKey | undefined) => {
    setAbout(key)
    type('')
  }
  const carryOut = ({ run: act, disabledReason: reason }: Option) => {
    if (reason !== undefined) return
    onClose()
    if (typeof act === 'string') void navigate(act)
    // After the focus has returned, so that a dialog opened next returns it to the same element.
    else requestAnimationFrame(act)
  }
  const move = (to: number) => setAt(Math.max(0, Math.min(to, options.length - 1)))
  const place = Math.min(at, options.length - 1)
  const moves: Record<string, () => void> = {
    ArrowDown: () => setAt(place + 1 >= options.length ? 0 : place + 1),
    ArrowUp: () => setAt(place <= 0 ? options.length - 1 : place - 1),
    Home: () => move(0),
    End: () => move(options.length - 1),
    PageDown: () => move(place + PAGE),
    PageUp: () => move(place - PAGE),
    Enter: () => active && carryOut(active),
    Tab: () => active?.kmsKey && enter(active.kmsKey),
  }
  const press = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    if (event.key === 'Backspace' && query === '' && about) return enter(undefined)
    const act = moves[event.key]
    if (!act) return
    event.preventDefault()
    act()
  }

  const moreKeys = found.total - found.keys.length
  const moreActions = groups.reduce((sum, { more = 0 }) => sum + more, 0)
  const counted = [
    moreKeys > 0
      ? `${formatNumber(found.total)} keys, the best ${found.keys.length} shown`
      : count(options.length, 'result'),
    moreActions > 0 ? `${formatNumber(moreActions)} more actions match` : '',
    partWords(all),
  ]
    .filter(Boolean)
    .join(' · ')
  const label = about ? `Find an action on ${about.name}` : 'Find a key or action'
  return (
    <Dialog.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-40 bg-scrim" />
        <Dialog.Popup
          data-palette
          aria-label="Find a key or action"
          initialFocus={input}
          className="fixed top-24 left-1/2 z-40 flex max-h-[min(30rem,calc(100dvh-7rem))] w-[min(37.5rem,calc(100vw-2rem))] -translate-x-1/2 flex-col overflow-hidden rounded-xl border border-line-strong bg-raised text-sm shadow-dialog outline-none max-sm:top-2 max-sm:max-h-[calc(100dvh-1rem)] max-sm:w-[calc(100vw-1rem)]"
        >
          <div className="flex h-12 shrink-0 items-center gap-2.5 border-line border-b px-4">
            <Icon of={Search} className="text-fg-subtle" />
            {about ? (
              <span className="max-w-1/2 truncate rounded-sm bg-active px-1.5 font-medium">{about.name}</span>
            ) : null}
            <input
              ref={input}
              role="combobox"
              aria-label={label}
              aria-expanded="true"
              aria-controls={`${base}-list`}
              aria-activedescendant={activeId}
              aria-autocomplete="list"
              autoComplete="off"
              spellCheck={false}
              placeholder={about ? 'Find an action' : 'Find a key or action'}
              value={query}
              onChange={(event) => type(event.target.value)}
              onFocus={() => {
                const before = takeTypeAhead()
                if (before !== '') type(before)
              }}
              onKeyDown={press}
              className="h-full min-w-0 flex-1 bg-transparent text-base outline-none max-sm:text-touch"
            />
            <Dialog.Close className="rounded-sm text-fg-subtle text-xs max-sm:touch-target">
              <span className="sm:sr-only">Close</span>
              <span aria-hidden="true">
                <Kbd>Esc</Kbd>
              </span>
            </Dialog.Close>
          </div>
          <div
            id={`${base}-list`}
            role="listbox"
            aria-label="Results"
            tabIndex={-1}
            className="min-h-0 flex-1 scroll-py-8 overflow-y-auto pb-2 outline-none"
          >
            {groups.map((group) => (
              <fieldset key={group.id} aria-labelledby={`${base}-${group.id}`} className="min-w-0">
                <div id={`${base}-${group.id}`} className="px-4 pt-2.5 pb-1 font-medium text-fg-subtle text-xs">
                  {group.title}
                </div>
                {group.options.map((option) => (
                  <OptionRow
                    key={option.id}
                    option={option}
                    id={domId(option)}
                    active={option === active}
                    terms={words}
                    onPoint={() => {
                      if (option !== active) setAt(options.indexOf(option))
                    }}
                    onChoose={() => carryOut(option)}
                  />
                ))}
              </fieldset>
            ))}
          </div>
          {options.length === 0 ? (
            <p className="px-4 pt-6 pb-8 text-center text-base text-fg-muted">Nothing matches “{query.trim()}”.</p>
          ) : null}
          <div className="flex min-h-9 shrink-0 items-center gap-3.5 border-line border-t bg-raised-sunken px-4 text-fg-subtle text-xs">
            <span className="flex items-center gap-1 max-sm:hidden" aria-hidden="true">
              <Kbd>↑</Kbd>
              <Kbd>↓</Kbd> Choose
            </span>
            <span className="flex items-center gap-1 max-sm:hidden" aria-hidden="true">
              <Kbd>Enter</Kbd> {typeof active?.run === 'string' ? 'Open' : 'Do'}
            </span>
            {active?.kmsKey ? (
              <span className="flex items-center gap-1 max-sm:hidden">
                <Kbd>Tab</Kbd> Actions
              </span>
            ) : null}
            {about ? (
              <span className="flex items-center gap-1 max-sm:hidden">
                <Kbd>Backspace</Kbd> Back
              </span>
            ) : null}
            <span className="ml-auto tabular-nums">{counted}</span>
          </div>
          <LiveRegion>{options.length === 0 ? 'Nothing matches.' : counted}</LiveRegion>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
