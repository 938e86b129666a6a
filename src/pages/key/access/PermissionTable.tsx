import type { KeyAccess } from '../../../clouds/key-access.ts'
import { Code } from '../../../ui/Code.tsx'
import { Panel } from '../../../ui/Panel.tsx'
import { formatActivities, type OnKey } from './words.ts'

interface PermissionTableProps extends OnKey {
  access: Extract<KeyAccess, { by: 'permissions' }>
  title: string
}

/** What each permission of the provider allows with the key. */
export function PermissionTable({ access: { resource, needs, note }, activities, title }: PermissionTableProps) {
  const rows = Map.groupBy(activities, (activity) => needs(activity)?.join(' + '))
  return (
    <Panel title={title} flush footer={<span className="text-fg-subtle text-xs">{note}</span>}>
      <table className="data-table plain [&_tbody_tr:last-child>*]:border-b-0">
        <caption className="sr-only">What each permission allows</caption>
        <thead>
          <tr>
            <th scope="col" className="w-1/4">
              Permission on <code className="mono-xs">{resource}</code>
            </th>
            <th scope="col">Allows</th>
          </tr>
        </thead>
        <tbody>
          {[...rows].map(([permission, allowed]) =>
            permission === undefined ? null : (
              <tr key={permission}>
                <th scope="row" className="font-normal">
                  <Code>{permission}</Code>
                </th>
                <td className="whitespace-normal! py-2">{formatActivities(allowed)}</td>
              </tr>
            ),
          )}
        </tbody>
      </table>
    </Panel>
  )
}
