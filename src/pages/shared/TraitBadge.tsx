import { Building2, Download, Globe, Layers, Server, Upload } from 'lucide-react'
import type { KeyTrait } from '../../clouds/model.ts'
import { Badge } from '../../ui/Badge.tsx'

export const traitLabels: Readonly<Record<KeyTrait, string>> = {
  default: 'Default key',
  imported: 'Imported',
  exportable: 'Exportable',
  'multi-zone': 'Multi-zone',
  replica: 'Replica',
  external: 'External',
}

const icons = {
  default: Building2,
  imported: Upload,
  exportable: Download,
  'multi-zone': Globe,
  replica: Layers,
  external: Server,
}

/** What is special about a key, without a fill: it is no exception. */
export const TraitBadge = ({ trait }: { trait: KeyTrait }) => <Badge icon={icons[trait]}>{traitLabels[trait]}</Badge>
