import { Bookmark, Link2, Trash2 } from 'lucide-react'
import { Suspense, useState, useSyncExternalStore } from 'react'
import { fullAddress } from '../../lib/base-path.ts'
import { createStoredValue } from '../../lib/store.ts'
import { Link, useLocation } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { Submenu } from '../../ui/Submenu.tsx'
import { useToast } from '../../ui/Toast.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { useCopy } from '../shared/use-copy.ts'
import { useLinks } from '../use-project.ts'
import { type KeysView, keysViewFormat } from './keys-view.ts'

const SaveViewDialog = lazyComponent(() => import('./SaveViewDialog.tsx').then(({ SaveViewDialog }) => SaveViewDialog))

interface SavedView {
  readonly name: string
  /** Search, filters and order, as the URL holds them. */
  readonly query: string
}

const isView = (one: unknown): one is SavedView =>
  typeof one === 'object' && one !== null && 'name' in one && 'query' in one && typeof one.query === 'string'

function parseViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(stored) ? stored.filter(isView) : []
  } catch {
    return []
  }
}

const savedViews = createStoredValue<readonly SavedView[]>({
  key: 'keys-views',
  event: 'keysviews',
  parse: parseViews,
  format: (views) => (views.length === 0 ? undefined : JSON.stringify(views)),
})

const storedText = () => JSON.stringify(savedViews.get())

/** Views of the list that this browser keeps by name, and the link to the one in sight. */
export function ViewsMenu({ view }: { view: KeysView }) {
  const views = parseViews(useSyncExternalStore(savedViews.subscribe, storedText))
  const links = useLinks()
  const { pathname, search } = useLocation()
  const { copy, copyDialog } = useCopy()
  const toast = useToast()
  const [naming, setNaming] = useState(false)
  const query = keysViewFormat.write(view).toString()

  const pathOf = (saved: SavedView) => `${links.keys()}${links.keys().includes('?') ? '&' : '?'}${saved.query}`
  const copyLink = () => copy('link', fullAddress(`${pathname}${search}`))
  const startNaming = () => setNaming(true)
  const save = (name: string) => {
    const others = savedViews.get().filter((one) => one.name !== name)
    savedViews.set([...others, { name, query }].toSorted((a, b) => (a.name < b.name ? -1 : 1)))
    setNaming(false)
    toast.success(`Saved the view ${name}.`)
  }
  const remove = (gone: SavedView) => savedViews.set(savedViews.get().filter(({ name }) => name !== gone.name))
  return (
    <>
      <PageCommands
        commands={[
          { label: 'Copy link', icon: Link2, run: copyLink },
          { label: 'Save view', icon: Bookmark, run: startNaming, keywords: 'filter bookmark' },
          ...views.map((one) => ({ label: `Open view ${one.name}`, icon: Bookmark, run: pathOf(one) })),
        ]}
      />
      <Menu trigger={<Button iconOnly variant="ghost" icon={Bookmark} aria-label="Views" />}>
        {views.map((one) => (
          <MenuItem key={one.name} icon={Bookmark} render={<Link to={pathOf(one)} />}>
            {one.name}
          </MenuItem>
        ))}
        {views.length > 0 ? <MenuSeparator /> : null}
        <MenuItem onSelect={startNaming}>Save view…</MenuItem>
        <MenuItem icon={Link2} onSelect={copyLink}>
          Copy link
        </MenuItem>
        {views.length > 0 ? (
          <Submenu label="Delete view">
            {views.map((one) => (
              <MenuItem key={one.name} icon={Trash2} onSelect={() => remove(one)}>
                {one.name}
              </MenuItem>
            ))}
          </Submenu>
        ) : null}
      </Menu>
      {copyDialog}
      {naming ? (
        <Suspense>
          <SaveViewDialog onSave={save} onClose={() => setNaming(false)} />
        </Suspense>
      ) : null}
    </>
  )
}
