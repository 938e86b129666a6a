import { Copy, Globe } from 'lucide-react'
import { useState } from 'react'
import { Badge } from '../../ui/Badge.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Code } from '../../ui/Code.tsx'
import { CodePanel } from '../../ui/CodePanel.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { PropertyList } from '../../ui/PropertyList.tsx'
import { RotationProgress } from '../../ui/RotationProgress.tsx'
import { SortHeader } from '../../ui/SortHeader.tsx'
import { StatusDot } from '../../ui/StatusDot.tsx'
import { Row, Specimen } from './parts.tsx'

const tones = ['ok', 'warning', 'danger', 'info', 'accent'] as const

const rows = [
  { name: 'app-config', version: 12, status: 'off' as const, word: 'Disabled' },
  { name: 'jwt-sessions', version: 1, status: 'on' as const, word: 'Active' },
]

const samples = [
  {
    id: 'curl',
    label: 'curl',
    language: 'shell' as const,
    code: 'curl -X POST https://api.example.com/v1/keys \\\n  -d \'{"name":"billing archive"}\'',
  },
  { id: 'go', label: 'Go', language: 'go' as const, code: 'key, err := client.Get(ctx, "billing") // once' },
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
            <th scope="col" className="r">
              Version
            </th>
          </tr>
        </thead>
        <tbody>
          {(down ? rows.toReversed() : rows).map(({ name, status, word, version }) => (
            <tr key={name} data-selected={status === 'off' ? true : undefined}>
              <th scope="row">{name}</th>
              <td>
                <StatusDot state={status}>{word}</StatusDot>
              </td>
              <td className="r">{version}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

export function Data() {
  return (
    <>
      <Specimen name="Badges, chip, icon">
        <Row>
          <Badge icon={Globe}>Multi-zone</Badge>
          {tones.map((tone) => (
            <Badge key={tone} tone={tone}>
              {tone}
            </Badge>
          ))}
          <Chip>env=prod</Chip>
          <Icon of={Copy} />
        </Row>
      </Specimen>
      <Specimen name="Status and rotation">
        <Row>
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
        <Panel title="Material" sub="version 8" end={<Badge>Imported</Badge>} footer="Read a minute ago">
          <PropertyList
            items={[
              { name: 'Id', value: <Code>kms-d1f0k3h2cs7s73a1b2c0</Code> },
              { name: 'Created', value: '4 Dec 2026' },
            ]}
          />
        </Panel>
      </Specimen>
      <Specimen name="Code">
        <CodePanel label="Request" samples={samples} footer="Credentials are placeholders" />
      </Specimen>
    </>
  )
}
