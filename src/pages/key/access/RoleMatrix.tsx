import { Check, ChevronDown, ChevronRight, CircleHelp, Minus } from 'lucide-react'
import { Fragment, useState } from 'react'
import { activityLabels } from '../../../clouds/activity-vocabulary.ts'
import type { AccessVerdict } from '../../../clouds/key-access.ts'
import { cx } from '../../../ui/classes.ts'
import { Icon, type IconType } from '../../../ui/Icon.tsx'
import { Reasons, RoleKeys, RoleLink, type RoleListProps } from './RoleCells.tsx'
import { formatDecision, verdicts } from './words.ts'

const marks: Readonly<Record<AccessVerdict, { readonly icon: IconType; readonly className: string }>> = {
  allowed: { icon: Check, className: 'text-ok-fg' },
  depends: { icon: CircleHelp, className: 'text-warning-fg' },
  refused: { icon: Minus, className: 'text-fg-subtle' },
}

function Mark({ of }: { of: AccessVerdict }) {
  const { icon, className } = marks[of]
  return <Icon of={icon} size={16} className={cx('inline-block', className)} />
}

export const Legend = () => (
  <ul aria-label="Marks" className="flex flex-wrap gap-x-4 gap-y-1 text-fg-muted text-xs">
    {(['allowed', 'depends', 'refused'] as const).map((verdict) => (
      <li key={verdict} className="flex items-center gap-1.5">
        <Mark of={verdict} />
        {verdicts[verdict]}
      </li>
    ))}
  </ul>
)

const narrowCell = 'w-10 px-0! text-center'

/** A row for each role, a column for each operation; what decides stands below an opened row. */
export function RoleMatrix({ rows, activities, keys, keysFailed }: RoleListProps) {
  const [opened, setOpened] = useState<ReadonlySet<string>>(new Set())
  return (
    <div className="overflow-x-auto">
      <table className="data-table plain [&_tbody_tr:last-child>*]:border-b-0">
        <caption className="sr-only">What each role may do</caption>
        <thead>
          <tr>
            <th scope="col" className="align-bottom pb-2!">
              Role
            </th>
            {activities.map((activity) => (
              <th key={activity} scope="col" className={cx('pt-3! pb-2! align-bottom', narrowCell)}>
                <span className="inline-block rotate-180 [writing-mode:vertical-rl]">{activityLabels[activity]}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ role, decisions }) => {
            const isOpen = opened.has(role.id)
            return (
              <Fragment key={role.id}>
                <tr>
                  <th scope="row" className="whitespace-normal! py-2 font-normal">
                    <div className="flex items-start gap-1">
                      <button
                        type="button"
                        aria-label={`Details of ${role.name}`}
                        aria-expanded={isOpen}
                        onClick={() => setOpened(opened.symmetricDifference(new Set([role.id])))}
                        className="touch-target -ml-1.5 inline-grid size-6 flex-none place-items-center rounded-md text-fg-muted hover:bg-active hover:text-fg"
                      >
                        <Icon of={isOpen ? ChevronDown : ChevronRight} size={14} />
                      </button>
                      <div className="min-w-0">
                        <RoleLink role={role} />
                        <span className="wrap-anywhere line-clamp-2 text-fg-subtle text-xs">
                          <RoleKeys role={role} keys={keys} keysFailed={keysFailed} />
                        </span>
                      </div>
                    </div>
                  </th>
                  {activities.map((activity) => {
                    const decision = decisions.get(activity)
                    return (
                      <td key={activity} className={narrowCell} title={decision && formatDecision(decision)}>
                        {decision ? (
                          <>
                            <Mark of={decision.verdict} />
                            <span className="sr-only">{formatDecision(decision)}</span>
                          </>
                        ) : null}
                      </td>
                    )
                  })}
                </tr>
                {isOpen ? (
                  <tr>
                    <td colSpan={activities.length + 1} className="whitespace-normal! bg-sunken py-2.5 pl-9!">
                      <Reasons decisions={decisions} />
                    </td>
                  </tr>
                ) : null}
              </Fragment>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
