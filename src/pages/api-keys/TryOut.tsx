import { FlaskConical } from 'lucide-react'
import { useState } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import type { PolicyTools, RuleOutcome, Verdict } from '../../clouds/role-policies.ts'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { Input } from '../../ui/Input.tsx'
import { Picker } from '../../ui/Picker.tsx'
import { Textarea } from '../../ui/Textarea.tsx'
import { ErrorNote } from '../shared/Failure.tsx'
import { KeyField } from './KeyField.tsx'
import type { Managed } from './use-access.ts'

interface TryOutProps {
  of: Managed
  tools: PolicyTools
  /** Undefined while the text has errors. */
  policyText: string | undefined
  /** The key of the template. */
  suggestedKey: KmsKey | undefined
}

const outcomes: Readonly<Record<RuleOutcome['outcome'], string>> = {
  matches: 'Matches',
  differs: 'Does not match',
  skipped: 'Skipped: the expression fails',
  never: 'Never matches',
  unreached: 'Not reached',
}

function Result({ verdict: { allowed, because, rules, note } }: { verdict: Verdict }) {
  const numbered = rules.map((rule, place) => ({ ...rule, number: place + 1 }))
  return (
    <div role="status" className="grid gap-2.5 text-sm">
      <p className="text-fg">
        <Badge tone={allowed ? 'ok' : 'danger'}>{allowed ? 'Allowed' : 'Refused'}</Badge> {because}
      </p>
      {note === undefined ? null : <p className="text-warning-fg text-xs">{note}</p>}
      {rules.length === 0 ? null : (
        <ol aria-label="Rules in order" className="grid gap-1.5">
          {numbered.map(({ number, action, expression, outcome, reason }) => (
            <li key={number} className={outcome === 'matches' ? '' : 'text-fg-muted'}>
              <span className="flex flex-wrap items-baseline gap-x-2">
                <span className="tabular-nums">
                  {number}. {action === 'allow' ? 'Allow' : 'Refuse'}
                </span>
                <b className="font-medium">{outcomes[outcome]}</b>
              </span>
              <code className="mono-xs block [overflow-wrap:anywhere]">{expression}</code>
              {reason === undefined ? null : <span className="block text-warning-fg text-xs">{reason}</span>}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** One call, decided by the policy as it is typed. */
export function TryOut({ of, tools, policyText, suggestedKey }: TryOutProps) {
  const { access, connection } = of
  const [operation, setOperation] = useState('encrypt')
  const [ownKey, setOwnKey] = useState<KmsKey>()
  const [parameters, setParameters] = useState('')
  const [sourceIp, setSourceIp] = useState('127.0.0.1')
  const [apiKey, setApiKey] = useState(connection.apiKey ?? '')
  const [tried, setTried] = useState<{ of: string; verdict?: Verdict; error?: unknown }>()
  const [busy, setBusy] = useState(false)

  const key = ownKey ?? suggestedKey
  const isOnKey = tools.operations.find(({ id }) => id === operation)?.isOnKey ?? false
  const fault = tools.parametersFault(parameters)
  const call = {
    operation,
    location: isOnKey && key ? key.location : access.location(connection),
    keyId: isOnKey ? key?.id : undefined,
    parameters,
    sourceIp,
    apiKey,
  }
  const facts = {
    sourceIp: { label: 'Source IP', value: sourceIp, onChange: setSourceIp },
    apiKey: { label: 'API key', value: apiKey, onChange: setApiKey },
  }
  const asked = JSON.stringify([policyText, call])
  const blocked =
    policyText === undefined
      ? 'The policy has errors.'
      : isOnKey && !key
        ? 'Choose a key first.'
        : fault && 'The body has an error.'

  async function run() {
    if (policyText === undefined) return
    setBusy(true)
    try {
      setTried({ of: asked, verdict: await tools.tryOut(policyText, call) })
    } catch (error) {
      setTried({ of: asked, error })
    } finally {
      setBusy(false)
    }
  }

  // A result stands only for what was asked.
  const result = tried?.of === asked ? tried : undefined
  return (
    <section aria-labelledby="try-out" className="grid grid-cols-[minmax(0,1fr)] content-start gap-4">
      <h3 id="try-out" className="title">
        Try it out
      </h3>
      <Field label="Operation">
        {(control) => (
          <Picker<string>
            {...control}
            fitted
            label="Operation"
            className="w-full"
            searchPlaceholder="Find an operation"
            groups={[...Map.groupBy(tools.operations, ({ service }) => service)].map(([service, operations]) => ({
              key: service,
              label: service,
              options: operations.map(({ id }) => ({ key: id, value: id, text: id })),
            }))}
            selected={operation}
            onChange={setOperation}
          >
            <span className="mono">{operation}</span>
          </Picker>
        )}
      </Field>
      {isOnKey ? <KeyField of={of} label="Key" chosen={key} onChoose={setOwnKey} /> : null}
      <Field label="Parameters" optional error={fault} hint="The JSON body of the call.">
        {(control) => (
          <Textarea
            {...control}
            mono
            rows={2}
            spellCheck={false}
            value={parameters}
            placeholder={tools.parametersExample}
            onChange={(event) => setParameters(event.target.value)}
          />
        )}
      </Field>
      {tools.callerFacts(policyText ?? '').map((name) => (
        <Field key={name} label={facts[name].label}>
          {(control) => (
            <Input
              {...control}
              mono
              value={facts[name].value}
              onChange={(event) => facts[name].onChange(event.target.value)}
              onKeyDown={(event) => {
                // Else the form of the dialog is sent.
                if (event.key === 'Enter') event.preventDefault()
              }}
            />
          )}
        </Field>
      ))}
      <Button
        icon={FlaskConical}
        className="justify-self-start"
        busy={busy}
        disabledReason={blocked}
        onClick={() => void run()}
      >
        {busy ? 'Trying' : 'Try'}
      </Button>
      {result?.verdict ? <Result verdict={result.verdict} /> : null}
      {result?.error === undefined ? null : <ErrorNote title="The call was not tried." error={result.error} />}
    </section>
  )
}
