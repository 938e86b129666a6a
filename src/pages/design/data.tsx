import { Copy, Globe, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../ui/Badge.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { CodePanel } from '../../ui/CodePanel.tsx'
import type { Tone } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { RotationProgress } from '../../ui/RotationProgress.tsx'
import { SortHeader } from '../../ui/SortHeader.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { nothing, Row, Specimen, type ThemedProps } from './parts.tsx'

const tones: readonly Tone[] = ['ok', 'warning', 'danger', 'info', 'accent']

const rows = [
  { name: 'billing archive', slug: 'billing-archive', version: 8, status: 'on' as const, word: 'Active' },
  { name: 'app-config', slug: 'app-config', version: 12, status: 'off' as const, word: 'Disabled' },
  { name: 'jwt-sessions', slug: 'jwt-sessions', version: 1, status: 'on' as const, word: 'Active' },
]

const samples = [
  {
    id: 'curl',
    label: 'curl',
    language: 'shell' as const,
    marked: [2],
    code: 'curl -X POST https://api.example.com/v1/kms/nl-01/keys \\\n  -H \'Authorization: Token \'"$TOKEN" \\\n  -d \'{"name":"billing archive"}\'',
  },
  { id: 'json', label: 'JSON', language: 'json' as const, code: '{\n  "name": "billing archive"\n}' },
  {
    id: 'hcl',
    label: 'Terraform',
    language: 'hcl' as const,
    code: 'resource "kms_key" "billing" {\n  period = 90 # days\n}',
  },
  { id: 'go', label: 'Go', language: 'go' as const, code: 'key, err := client.Get(ctx, "billing") // once' },
  { id: 'python', label: 'Python', language: 'python' as const, code: 'key = client.get("billing")  # once' },
]

function Table() {
  const [down, setDown] = useState(false)
  return (
    <div className="inner">
      <table className="data-table">
        <thead>
          <tr>
            <SortHeader sorted={down ? 'descending' : 'ascending'} onSort={() => setDown(!down)}>
              Name
            </SortHeader>
            <th scope="col">Status</th>
            <SortHeader right sorted={undefined} onSort={nothing}>
              Version
            </SortHeader>
          </tr>
        </thead>
        <tbody>
          {(down ? rows.toReversed() : rows).map((row, at) => (
            <tr key={row.slug} data-selected={at === 1 ? true : undefined}>
              <th scope="row">
                <div className="cell2">
                  <span>{row.name}</span>
                  <span>{row.slug}</span>
                </div>
              </th>
              <td>
                <StatusDot state={row.status}>{row.word}</StatusDot>
              </td>
              <td className="r">{row.version}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Data({ theme }: ThemedProps) {
  return (
    <>
      <Specimen name="Badges and chips">
        <Row>
          <Badge>Replica</Badge>
          <Badge icon={Globe}>Multi-zone</Badge>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone} icon={tone === 'warning' ? TriangleAlert : undefined}>
              {tone}
            </Badge>
          ))}
          <Chip>env=prod</Chip>
          <span className="w-24">
            <Chip>team=a-name-too-long-for-it</Chip>
          </span>
        </Row>
      </Specimen>
      <Specimen name="Status and cycle">
        <Row>
          <StatusDot>Active</StatusDot>
          <StatusDot state="off">Disabled</StatusDot>
          <StatusDot state="failed">Failed</StatusDot>
          <StatusDot state="unknown">Unknown</StatusDot>
          <RotationProgress progress={0.4} />
          <RotationProgress progress={0.9} tone="soon" />
          <RotationProgress progress={1} tone="late" />
        </Row>
      </Specimen>
      <Specimen name="Table: a row that is selected, a column that is sorted">
        <Table />
      </Specimen>
      <Specimen name="Panel with properties">
        <Panel title={`Material, ${theme}`} sub="version 8" end={<Badge>Imported</Badge>} footer="Read a minute ago">
          <PropertyList
            items={[
              { name: 'Id', value: <Code>kms-d1f0k3h2cs7s73a1b2c0</Code> },
              { name: 'Created', value: '4 Dec 2026' },
              { name: 'Period', value: '90 days' },
            ]}
          />
        </Panel>
      </Specimen>
      <Specimen name="Panel without a head, run to the edge; properties of a summary">
        <Panel flush>
          <PropertyList
            tight
            className="px-3.5"
            items={[
              { name: 'Cloud', value: 'Thalassa Cloud' },
              { name: 'Location', value: <Code>nl-01</Code> },
            ]}
          />
        </Panel>
      </Specimen>
      <Specimen name="Code, with the line that the last choice changed">
        <CodePanel label="Request" samples={samples} footer="Credentials are placeholders" />
      </Specimen>
      <Specimen name="Icons">
        <Row>
          {([12, 14, 16, 18] as const).map((size) => (
            <Icon key={size} of={Copy} size={size} />
          ))}
        </Row>
      </Specimen>
    </>
  )
}
