import { Copy } from 'lucide-react'
import { CodePanel, type CodePanelProps } from '../../ui/CodePanel.tsx'
import { PageActions } from './PageActions.tsx'
import { useCopy } from './use-copy.ts'

/** Code on a page. The palette copies it too, in any of its languages. */
export function PageCode(props: CodePanelProps) {
  const copy = useCopy()
  return (
    <>
      <CodePanel {...props} />
      <PageActions
        of={props.samples.map(({ label, code }) => ({
          label: `Copy ${label}`,
          note: props.label,
          also: 'code',
          icon: Copy,
          many: true,
          act: () => copy(`code under ${label}`, code),
        }))}
      />
    </>
  )
}
