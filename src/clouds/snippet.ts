import { hclIdentifier } from '../lib/hcl.ts'

/** The same request in a language that people run themselves. */
export interface Snippet {
  readonly label: string
  readonly language: 'shell' | 'hcl' | 'go' | 'python'
  readonly code: string
  /** Release of the tool that runs it: "exo 1.102.1 or newer"; absent where any does. */
  readonly requires?: string
}

/** What Terraform made must be deleted by it, too: otherwise its next plan makes it anew. */
export const terraformDestroy = (type: string, name: string, ...notes: readonly string[]): Snippet => ({
  label: 'Terraform',
  language: 'shell',
  code: [
    '# Take the resource out of the configuration and apply, or name it:',
    ...notes.map((note) => `# ${note}`),
    `terraform destroy -target=${type}.${hclIdentifier(name)}`,
  ].join('\n'),
})
