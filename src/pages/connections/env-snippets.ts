/** Lines to copy into a shell or into `.env`. What is secret is asked for: it never stands in a command or its history. */
import type { CredentialKind } from '../../clouds/connection-check.ts'
import { shellCommand, shellQuote } from '../../lib/shell.ts'
import type { CodeSample } from '../../ui/CodePanel.tsx'

const START = 'npm start'

const promptFor = (variable: string, secret: boolean) =>
  `printf '${variable}: ' && read ${secret ? '-rs' : '-r'} ${variable}${secret ? ' && echo' : ''}`

/** Steps of one command: a shell reads all of it before the first question, so none of it is taken for an answer. */
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

/** Makes a cloud live. */
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

/** Gives a cloud back to the local KMS: the shell forgets the variables, and the file's lines are to be deleted. */
export const disconnectSnippets = (variables: readonly string[], ofFile: readonly string[]): readonly CodeSample[] => [
  shell(oneCommand([`unset ${variables.join(' ')}`, START])),
  ...(ofFile.length > 0 ? [file(['# delete these lines', ...ofFile.map((variable) => `${variable}=…`)])] : []),
]

/** Gives the local KMS a port of its own. */
export const kmsPortSnippets = (): readonly CodeSample[] => [shell(`KMS_PORT=8400 ${START}`), file(['KMS_PORT=8400'])]

interface Variables {
  readonly plain: readonly (readonly [variable: string, value: string])[]
  readonly secrets: readonly string[]
}

/** Sends the vendors' own programs to the local KMS. */
export const localKmsSnippets = ({ plain, secrets }: Variables): readonly CodeSample[] => [
  shell(
    [
      ...plain.map(([variable, value]) => `export ${variable}=${shellQuote(value)}`),
      ...secrets.map((variable) => `${promptFor(variable, true)} && export ${variable}`),
    ].join('\n'),
  ),
  file([...plain.map(([variable, value]) => `${variable}=${value}`), ...secrets.map((variable) => `${variable}=`)]),
]
