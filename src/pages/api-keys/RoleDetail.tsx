import { ArrowLeft, Pencil, Trash2, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Role } from '../../clouds/iam.ts'
import { count } from '../../lib/numbers.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { PageCopyButton } from '../shared/PageCopyButton.tsx'
import type { Asked } from './AccessDialogs.tsx'
import type { RoleRow } from './access-rows.ts'
import { PolicyView } from './PolicyView.tsx'
import { KeyCount } from './RoleTable.tsx'
import type { Managed } from './use-access.ts'

interface RoleDetailProps {
  row: RoleRow
  of: Managed
  /** Why nothing can be changed. */
  refusal: string | undefined
  onAsk: (asked: Asked) => void
  /** Opened by a press just now: the reader goes along. */
  takesFocus: boolean
  onClose: () => void
}

const chips = (texts: readonly string[]) => (
  <span className="flex flex-wrap gap-1.5">
    {texts.map((text) => (
      <Chip key={text}>{text}</Chip>
    ))}
  </span>
)

const properties = (row: RoleRow, role: Role) => [
  ...(role.description === undefined ? [] : [{ name: 'Description', value: role.description }]),
  {
    name: 'ID',
    value: (
      <span className="flex items-center gap-1">
        <Code>{role.id}</Code>
        <PageCopyButton text={role.id} what={`id of ${role.name}`} />
      </span>
    ),
  },
  ...(role.editable ? [] : [{ name: 'Policy', value: 'Fixed' }]),
  ...(role.permissions.length === 0 ? [] : [{ name: 'Permissions', value: chips(role.permissions) }]),
  { name: 'API keys', value: <KeyCount row={row} noun /> },
  ...(Object.keys(role.labels).length === 0
    ? []
    : [{ name: 'Labels', value: chips(Object.entries(role.labels).map(([name, value]) => `${name}=${value}`)) }]),
  ...(role.maxSession === undefined ? [] : [{ name: 'Longest session', value: count(role.maxSession, 'second') }]),
]

/** One role: its facts and its policy. Beside the list where there is room, else in its place. */
export function RoleDetail({ row, of, refusal, onAsk, takesFocus, onClose }: RoleDetailProps) {
  const { role } = row
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (takesFocus) heading.current?.focus()
  }, [takesFocus])
  const actions = [
    {
      label: 'Edit role',
      icon: Pencil,
      disabledReason: refusal ?? (role.editable ? undefined : 'The policy of this role is fixed.'),
      run: () => onAsk({ to: 'edit role', row }),
    },
    {
      label: 'Delete role',
      icon: Trash2,
      disabledReason: refusal,
      run: () => onAsk({ to: 'delete role', row }),
    },
  ]
  return (
    <section
      aria-labelledby="role-name"
      className="grid grid-cols-[minmax(0,1fr)] content-start gap-4 border-line px-(--gutter) py-3 min-[1100px]:border-l"
    >
      <header className="flex min-h-9 items-center gap-2">
        <Button
          iconOnly
          variant="ghost"
          icon={ArrowLeft}
          aria-label="All roles"
          onClick={onClose}
          className="-ml-2 min-[1100px]:hidden"
        />
        <h2
          ref={heading}
          id="role-name"
          tabIndex={-1}
          className="title min-w-0 flex-1 outline-none [overflow-wrap:anywhere]"
        >
          {role.name}
        </h2>
        <Button
          iconOnly
          size="sm"
          variant="ghost"
          icon={X}
          aria-label="Close role"
          onClick={onClose}
          className="max-[1100px]:hidden"
        />
      </header>
      <PageCommands
        commands={actions.map(({ label, ...action }) => ({ ...action, label: `${label} ${role.name}…` }))}
      />
      <div className="flex flex-wrap gap-2">
        {actions.map(({ label, icon, disabledReason, run }) => (
          <Button key={label} icon={icon} aria-haspopup="dialog" disabledReason={disabledReason} onClick={run}>
            {label}
          </Button>
        ))}
      </div>
      <PropertyList items={properties(row, role)} />
      <PolicyView of={of} role={role} />
    </section>
  )
}
