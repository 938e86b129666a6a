import { Copy } from 'lucide-react'
import { CodePanel, type CodePanelProps } from '../../ui/CodePanel.tsx'
import { PageCommands } from './PageCommands.tsx'
import { useCopy } from './use-copy.ts'

/** Code on a page. The palette copies it too, in any of its languages. */
export function PageCodePanel(props: CodePanelProps) {
  const { copy, copyDialog } = useCopy()
  return (
    <>
      <CodePanel {...props} />
      <PageCommands
        commands={props.samples.map(({ label, code }) => ({
          label: `Copy ${label}`,
          note: props.label,
          keywords: 'code',
          icon: Copy,
          collapsed: true,
          run: () => copy(`code under ${label}`, code),
        }))}
      />
      {copyDialog}
    </>
  )
}
