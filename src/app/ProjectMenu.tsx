import { useQuery } from '@tanstack/react-query'
import { Check } from 'lucide-react'
import { detailsOf } from '../clouds/errors.ts'
import type { CloudId } from '../clouds/model.ts'
import { queries } from '../clouds/queries.ts'
import { linksIn } from '../pages/paths.ts'
import { UnreadableText } from '../pages/shared/list/UnreadableItems.tsx'
import { useProject } from '../pages/use-project.ts'
import { Link } from '../router/react.tsx'
import { ContextMenu } from '../ui/ContextMenu.tsx'
import { MenuItem, MenuSeparator } from '../ui/Menu.tsx'

interface ProjectMenuProps {
  cloud: CloudId
  anchor: HTMLElement
  byKeyboard: boolean
  onClose: () => void
}

const note = 'max-w-60 px-2 py-1.5 text-xs'

/** Switches between the keys of the organisation and of its projects; each choice links to its list. */
export function ProjectMenu({ cloud, anchor, byKeyboard, onClose }: ProjectMenuProps) {
  const chosen = useProject()
  const { data: projects, error } = useQuery(queries.projects(cloud))
  const choice = (label: string, to: string, on: boolean) => (
    <MenuItem key={to} icon={on ? Check : undefined} render={<Link to={to} aria-current={on || undefined} />}>
      {on ? label : <span className="pl-[22px]">{label}</span>}
    </MenuItem>
  )
  return (
    <ContextMenu anchor={anchor} label="Organisation or project" byKeyboard={byKeyboard} onClose={onClose}>
      {choice('Keys of the organisation', linksIn().keys(), chosen === undefined)}
      <MenuSeparator />
      {projects?.items.map(({ id, name, slug }) =>
        choice(`Project ${name}`, linksIn(slug).keys(), chosen === slug || chosen === id),
      )}
      {projects?.unreadable.map((project, place) => (
        <p key={project.id ?? place} className={`${note} text-fg-muted`}>
          <UnreadableText item={project} noun="project" />
        </p>
      ))}
      {projects && projects.items.length + projects.unreadable.length === 0 ? (
        <p className={`${note} text-fg-subtle`}>No projects yet.</p>
      ) : null}
      {error ? (
        <p role="alert" className={`${note} text-danger-fg`}>
          The projects could not be read. {detailsOf(error).message}
        </p>
      ) : null}
      {projects || error ? null : <p className={`${note} text-fg-subtle`}>Reading the projects</p>}
    </ContextMenu>
  )
}
