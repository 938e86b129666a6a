/** Commands and `.env` lines to copy. Commands prompt for secrets, so that none is in the shell's history. */
import type { CredentialKind } from '../../clouds/connection-check.ts'
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { CodeSample } from '../../ui/CodePanel.tsx'

const START = 'npm start'

const promptFor = (variable: string, secret: boolean) =>
  `printf '${variable}: ' && read ${secret ? '-rs' : '-r'} ${variable}${secret ? ' && echo' : ''}`

/** Joins steps into one command, so that the shell reads all of it before the first prompt. */
const oneCommand = (steps: readonly string[]) =>
  shellCommand(steps.map((step, place) => (place === steps.length - 1 ? step : `${step} &&`)))

const shell = (code: string): CodeSample => ({ id: 'shell', label: 'Shell', language: 'shell', code })
const file = (lines: readonly string[]): CodeSample => ({
  id: 'file',
  label: '.env',
  language: 'text',
  code: lines.join('\n'),
})

type Optional = readonly (readonly [variable: string, example: string, purpose: string])[]

/** Connects a provider live. */
export function connectSnippets({ secrets, plain }: CredentialKind, optional: Optional): readonly CodeSample[] {
  const names = [...plain.map(([variable]) => variable), ...secrets]
  return [
    shell(
      oneCommand([
        ...plain.map(([variable]) => promptFor(variable, false)),
        ...secrets.map((variable) => promptFor(variable, true)),
        `export ${names.join(' ')}`,
        START,
      ]),
    ),
    file([
      ...plain.map(([variable, example]) => `${variable}=${example}`),
      ...secrets.map((variable) => `${variable}=`),
      ...optional.flatMap(([variable, example, purpose]) => ['', `# ${purpose}`, `#${variable}=${example}`]),
    ]),
  ]
}

/** Returns a provider to the local KMS: unsets the variables, and lists the lines to delete from `.env`. */
export const disconnectSnippets = (variables: readonly string[], ofFile: readonly string[]): readonly CodeSample[] => [
  shell(oneCommand([`unset ${variables.join(' ')}`, START])),
  ...(ofFile.length > 0 ? [file(['# delete these lines', ...ofFile.map((variable) => `${variable}=…`)])] : []),
]

/** Starts the local KMS on its own port. */
export const kmsPortSnippets = (): readonly CodeSample[] => [shell(`KMS_PORT=8400 ${START}`), file(['KMS_PORT=8400'])]

interface Variables {
  readonly plain: readonly (readonly [variable: string, value: string])[]
  readonly secrets: readonly string[]
}

/** Variables that point the vendors' tools to the local KMS. */
export const localKmsSnippets = ({ plain, secrets }: Variables): readonly CodeSample[] => [
  shell(
    [
      ...plain.map(([variable, value]) => `export ${variable}=${shellQuote(value)}`),
      ...secrets.map((variable) => `${promptFor(variable, true)} && export ${variable}`),
    ].join('\n'),
  ),
  file([...plain.map(([variable, value]) => `${variable}=${value}`), ...secrets.map((variable) => `${variable}=`)]),
]
