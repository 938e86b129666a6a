import { useQueryClient } from '@tanstack/react-query'
import { Upload } from 'lucide-react'
import { queries } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { cx } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { PageCommands } from '../shared/PageCommands.tsx'
import { importRefusal } from './draft.ts'
import type { Wizard } from './use-wizard.ts'

/** Offers to bring one's own key material, where the cloud takes it. */
export function ImportPanel({ draft, cloud, location, material, steps }: Wizard) {
  const client = useQueryClient()
  if (!cloud?.wrappingKey || !cloud.capabilities.imports || location === undefined) return null
  const { chosen, start, stop } = material
  const refusal = importRefusal(draft, cloud.capabilities)
  const text = chosen
    ? `Step ${steps.indexOf('material') + 1} asks for it, wrapped for ${location}.`
    : `Wrapped offline for ${location}; the raw bytes never come here.`
  const label = chosen ? 'Don’t import' : 'Import key material'
  const act = () => {
    if (chosen) return stop()
    // Making it takes the cloud a moment, and it is needed two steps from here.
    void client.prefetchQuery(queries.wrappingKey(cloud.id, location))
    start()
  }
  return (
    <section
      aria-labelledby="own-material"
      className={cx(
        'flex items-center gap-3 rounded-lg border p-3.5 max-sm:flex-wrap',
        chosen ? 'border-accent-border bg-accent-bg' : 'border-line',
      )}
    >
      <Icon of={Upload} className="self-start text-fg-subtle" />
      <div className="min-w-0 flex-1 basis-44">
        <h3 id="own-material" className="font-medium">
          {chosen ? 'You bring your own key material' : 'Bring your own key material'}
        </h3>
        <p className="text-fg-muted text-xs">{refusal ?? text}</p>
      </div>
      <Button disabledReason={refusal} onClick={act}>
        {label}
      </Button>
      <PageCommands
        commands={[{ label, icon: Upload, run: act, disabledReason: refusal, keywords: 'bring your own key byok' }]}
      />
    </section>
  )
}
