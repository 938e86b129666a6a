import { useState } from 'react'
import type { Role, ServicePolicy } from '../../clouds/iam.ts'
import type { PolicyRemark } from '../../clouds/role-policies.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Code } from '../../ui/Code.tsx'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import type { Managed } from './use-access.ts'
import { usePolicyCheck } from './use-policy-check.ts'

type Look = 'words' | 'json'

const looks = [
  { value: 'words', label: 'In words' },
  { value: 'json', label: 'JSON' },
] as const satisfies readonly { value: Look; label: string }[]

interface ServiceProps {
  of: ServicePolicy
  /** Remarks on the whole policy, of which the service shows its own. */
  remarks: readonly PolicyRemark[]
}

function Rules({ of: { service, name, rules }, remarks }: ServiceProps) {
  const numbered = rules.map((rule, place) => ({ ...rule, number: place + 1 }))
  return (
    <>
      <ol aria-label={`Rules of ${name}, in order`} className="grid gap-2">
        {numbered.map(({ number, action, expression, description: says }) => (
          <li key={number} className="grid grid-cols-[1.25rem_auto_minmax(0,1fr)] items-baseline gap-x-2">
            <span className="text-fg-subtle tabular-nums">{number}.</span>
            <Badge tone={action === 'allow' ? 'ok' : 'danger'}>{action === 'allow' ? 'Allow' : 'Refuse'}</Badge>
            <span className="min-w-0">
              <span className="block">{says ?? 'Calls that match:'}</span>
              <code className="mono block text-fg-muted [overflow-wrap:anywhere]">{expression}</code>
              {remarks
                .filter(({ rule }) => rule?.service === service && rule.place === number - 1)
                .map(({ message }) => (
                  <span key={message} className="mt-1 block text-warning-fg text-xs">
                    {message}
                  </span>
                ))}
            </span>
          </li>
        ))}
      </ol>
      <p className="mt-2 text-fg-subtle text-xs">
        {rules.length === 0 ? 'No rules: every call is refused.' : 'First matching rule wins; default deny.'}
      </p>
    </>
  )
}

const Service = ({ of: policy, remarks }: ServiceProps) => (
  <li className="border-line border-b px-3.5 py-2.5">
    <div className="flex flex-wrap items-baseline gap-x-2">
      <b className="font-medium">{policy.name}</b>
      {policy.name.toLowerCase() === policy.service ? null : <Code>{policy.service}</Code>}
      {policy.rules.length === 1 ? null : <span className="text-fg-muted">{policy.allows}</span>}
    </div>
    {policy.type === 'rules' ? (
      <div className="mt-2">
        <Rules of={policy} remarks={remarks} />
      </div>
    ) : null}
  </li>
)

/** Every line of the policy as a sentence, in the order in which they count. */
const InWords = ({ of: role, remarks }: { of: Role; remarks: readonly PolicyRemark[] }) => (
  <ul aria-label={`What ${role.name} allows`} className="rounded-md border border-line">
    {role.services.map((policy) => (
      <Service key={policy.service} of={policy} remarks={remarks} />
    ))}
    <li className="flex flex-wrap items-baseline gap-x-2 px-3.5 py-2.5">
      <b className="font-medium">{role.services.length === 0 ? 'Every service' : 'Every other service'}</b>
      <span className="text-fg-muted">{role.defaultStrategy === 'allow' ? 'Everything' : 'Nothing'}</span>
      {role.policyText === undefined ? <span className="text-fg-subtle">The role has no policy.</span> : null}
    </li>
  </ul>
)

interface PolicyViewProps {
  of: Managed
  role: Role
}

/** What a role allows: in words, and as the API has it. */
export function PolicyView({ of, role }: PolicyViewProps) {
  const { checked } = usePolicyCheck(of, role.policyText)
  const remarks = checked?.text === role.policyText ? checked?.remarks : undefined
  const [look, setLook] = useState<Look>('words')
  return (
    <section aria-label={`Policy of ${role.name}`} className="grid grid-cols-[minmax(0,1fr)] gap-2.5 text-sm">
      <header className="flex items-center gap-3">
        <h3 className="min-w-0 flex-1 font-medium">
          <span className="block truncate">{role.allows}</span>
        </h3>
        <SegmentedControl
          label="Show the policy"
          options={looks.map((option) => ({
            ...option,
            disabledReason:
              option.value === 'json' && role.policyText === undefined ? 'The role has no policy.' : undefined,
          }))}
          value={look}
          onChange={setLook}
        />
      </header>
      {look === 'json' && role.policyText !== undefined ? (
        <PageCodePanel
          label="Policy"
          samples={[{ id: 'json', label: 'Policy', language: 'json', code: role.policyText }]}
        />
      ) : (
        <InWords of={role} remarks={remarks ?? []} />
      )}
      <p className="text-fg-subtle text-xs">{of.access.policyNote}</p>
    </section>
  )
}
