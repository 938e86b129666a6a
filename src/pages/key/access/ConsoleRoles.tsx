import type { ActivityKind } from '../../../clouds/endpoint.ts'
import { approvalKinds, approvedActivities } from '../../../clouds/gateway/approvals.ts'
import type { Session } from '../../../clouds/gateway/wire.ts'
import { readOnlyRefusal } from '../../../clouds/refusals.ts'
import { capitalize } from '../../../lib/capitalize.ts'
import { cx } from '../../../ui/classes.ts'
import { Panel } from '../../../ui/Panel.tsx'
import { StatusDot } from '../../../ui/StatusDot.tsx'
import { useNarrow } from '../../../ui/use-media.ts'
import { type ConsoleRole, consoleRoles } from './console-roles.ts'
import { formatActivities, type OnKey } from './words.ts'

const formatGroups = ({ groups }: ConsoleRole): string =>
  groups.includes('*') ? 'Everybody' : groups.length === 0 ? 'None' : groups.join(', ')

const Own = ({ isOwn }: ConsoleRole) => <StatusDot state={isOwn ? 'on' : 'off'}>{isOwn ? 'Yes' : 'No'}</StatusDot>

const wrapped = 'whitespace-normal! py-2 wrap-anywhere'

/** Sentences about what a role alone does not give. */
function notesOf({ approvals = [], readOnly }: Session, activities: readonly ActivityKind[]): readonly string[] {
  const needing = approvalKinds
    .filter((kind) => approvals.includes(kind) && activities.includes(approvedActivities[kind]))
    .map((kind) => approvedActivities[kind])
  return [
    ...(needing.length > 0 ? [`A second person must approve: ${formatActivities(needing)}.`] : []),
    ...(readOnly ? [readOnlyRefusal] : []),
  ]
}

/** What this console's roles allow with the key, who has them, and whether the person who is signed in does. */
export function ConsoleRoles({ session, kmsKey, activities }: OnKey & { session: Session }) {
  const narrow = useNarrow()
  const rows = consoleRoles(session, kmsKey, activities)
  const notes = notesOf(session, activities)
  return (
    <Panel
      title="In this console"
      flush
      footer={notes.length === 0 ? undefined : <span className="text-fg-subtle text-xs">{notes.join(' ')}</span>}
    >
      <table className={cx('data-table plain [&_tbody_tr:last-child>*]:border-b-0', !narrow && 'table-fixed')}>
        <caption className="sr-only">What each role allows, and who has it</caption>
        <thead>
          <tr>
            <th scope="col" className="w-28 max-sm:w-20">
              Role
            </th>
            <th scope="col">Allows</th>
            {narrow ? null : (
              <th scope="col" className="w-1/4">
                Groups
              </th>
            )}
            <th scope="col" className="w-20">
              You
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.role}>
              <th scope="row" className="font-medium">
                {capitalize(row.role)}
              </th>
              <td className={wrapped}>
                {formatActivities(row.activities)}
                {narrow ? <span className="block text-fg-subtle text-xs">Groups: {formatGroups(row)}</span> : null}
              </td>
              {narrow ? null : (
                <td className={wrapped}>
                  <bdi>{formatGroups(row)}</bdi>
                </td>
              )}
              <td>
                <Own {...row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}
