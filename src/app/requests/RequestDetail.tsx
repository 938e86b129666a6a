import { useQueryClient } from '@tanstack/react-query'
import { queries } from '../../clouds/queries.ts'
import type { LoggedExchange } from '../../clouds/request-log.ts'
import { formatTimestamp } from '../../lib/dates.ts'
import { formatNumber } from '../../lib/numbers.ts'
import { CodePanel, type CodeSample } from '../../ui/CodePanel.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { bodyText, curlOf, formatTarget, isMaskedIn } from './format-request.ts'

const languageOf = (body: unknown): CodeSample['language'] => (typeof body === 'string' ? 'text' : 'json')

function samplesOf(call: LoggedExchange, curl: string): readonly CodeSample[] {
  const { request: sent, response: answered } = call
  const sample = (id: string, label: string, body: unknown): CodeSample[] =>
    body === undefined ? [] : [{ id, label, language: languageOf(body), code: bodyText(body) }]
  return [
    ...sample('answer', 'Answer', answered?.body),
    ...sample('request', 'Request', sent.body),
    { id: 'curl', label: 'curl', language: 'shell', code: curl },
  ]
}

const mono = (text: string) => <span className="mono [overflow-wrap:anywhere]">{text}</span>

const line = ([name, value]: readonly [string, string]) => (
  <div key={name} className="mono [overflow-wrap:anywhere]">
    <span className="text-fg-subtle">{name}:</span> {value}
  </div>
)

/** Recorded headers and bodies of one request. */
export function RequestDetail({ call }: { call: LoggedExchange }) {
  const { at, cloud, method, path, query, request: sent, response: answered, requestId } = call
  const session = useQueryClient().getQueryData(queries.session().queryKey)
  const curl = curlOf(call, session?.clouds.find(({ id }) => id === cloud)?.project)
  const headers = (side: string, lines: readonly (readonly [string, string])[] = []) =>
    lines.length === 0 ? [] : [{ name: `${side} headers`, value: lines.map(line) }]
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 pt-1 pb-5">
      <PropertyList
        items={[
          { name: 'Call', value: mono(`${method} ${path}${query}`) },
          { name: 'To', value: formatTarget(call) },
          ...(requestId === undefined ? [] : [{ name: 'Request id', value: mono(requestId) }]),
          { name: 'Sent', value: formatTimestamp(at) },
          ...(answered ? [{ name: 'Size', value: `${formatNumber(answered.size)} bytes` }] : []),
          ...headers('Request', sent.headers),
          ...headers('Answer', answered?.headers),
        ]}
      />
      <CodePanel
        label={`Bodies of ${method} ${path}`}
        samples={samplesOf(call, curl)}
        footer={isMaskedIn(call) ? 'Replace the masked parts before you send it again.' : undefined}
      />
      <div>
        <CopyButton look="label" label="Copy as curl" text={curl} />
      </div>
    </div>
  )
}
