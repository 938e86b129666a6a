import { Download, Eye, EyeOff, Terminal } from 'lucide-react'
import { type ReactNode, useId, useState } from 'react'
import type { NewApiKey } from '../../clouds/iam.ts'
import { download } from '../../lib/download.ts'
import { Banner } from '../../ui/Banner.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Code } from '../../ui/Code.tsx'
import { CodePanel } from '../../ui/CodePanel.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { OrganisationPath } from '../shared/OrganisationPath.tsx'
import type { Managed } from './use-access.ts'

interface SecretDialogProps {
  of: Managed
  kmsKey: NewApiKey
  /** The reader has said that the secret is stored: only then may this close. */
  stored: boolean
  onStored: (stored: boolean) => void
  /** The reader tried to leave the page. */
  leaving: boolean
  onClose: () => void
}

/** A name that every file system takes, for a key's environment file. */
const environmentFileName = (name: string): string =>
  `${
    name
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60) || 'api-key'
  }.env`

/** Always as many, so that the length stays hidden too. */
const MASK = '•'.repeat(24)

/** A text field would be offered to password managers and spell checkers. It is reached by Tab, so that it can be read and scrolled. */
const readOnlyField = (labelledBy: string) =>
  ({ role: 'textbox', 'aria-labelledby': labelledBy, 'aria-readonly': true, tabIndex: 0 }) as const

function Value({ label, text, children }: { label: string; text: string; children: ReactNode }) {
  const id = useId()
  return (
    <div>
      <span id={id} className="mb-1.5 block font-medium text-sm">
        {label}
      </span>
      <div className="flex h-9 items-center gap-1 rounded-md border border-line-strong bg-sunken pr-1 pl-3 max-sm:h-13">
        <span {...readOnlyField(id)} className="mono fade-scroll min-w-0 flex-1 whitespace-nowrap rounded-xs">
          {text}
        </span>
        {children}
      </div>
    </div>
  )
}

/** Behind a button: the secret, and that it is stored, must stay in sight. */
function Trial({ of: { access, connection }, kmsKey }: { of: Managed; kmsKey: NewApiKey }) {
  const [open, setOpen] = useState(false)
  const trial = access.trial(connection, environmentFileName(kmsKey.name))
  if ('unreachable' in trial)
    return (
      <Banner tone="info" title="To try it, the local KMS needs a port.">
        {trial.unreachable}
      </Banner>
    )
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] justify-items-start gap-2">
      <Button
        size="sm"
        variant="ghost"
        icon={Terminal}
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        className="-ml-2"
      >
        {open ? 'Hide how to try it' : 'Show how to try it'}
      </Button>
      {open ? (
        <CodePanel
          label="Code to try the API key"
          className="w-full"
          samples={trial.snippets.map((snippet) => ({ id: snippet.label, ...snippet }))}
          footer={
            <>
              Run it in the folder of <Code>{environmentFileName(kmsKey.name)}</Code>. It lists keys. A refusal by the
              role’s policy also shows that the API key works.
            </>
          }
        />
      ) : null}
    </div>
  )
}

/** A new key's secret, the only time it can be seen. Masked until asked for; closes only once it is stored. */
export function SecretDialog({ of, kmsKey, stored, onStored, leaving, onClose }: SecretDialogProps) {
  const [revealed, setRevealed] = useState(false)
  const [asked, setAsked] = useState(false)
  const { cloud, access, connection } = of
  const { key, name, secret } = kmsKey
  const first = 'Store the secret, then tick “I have stored the secret”.'
  const close = () => {
    if (stored) onClose()
    else setAsked(true)
  }
  return (
    <Dialog
      open
      wide
      keep
      onClose={close}
      title={`Store the secret of ${name} now`}
      address={<OrganisationPath of={of} />}
      error={
        !stored && (asked || leaving) ? (
          <Banner tone="warning" title="The secret is not stored.">
            {first}
          </Banner>
        ) : undefined
      }
      footer={
        <>
          <Checkbox
            checked={stored}
            onChange={(checked) => onStored(checked)}
            label="I have stored the secret"
            className="mr-auto"
          />
          <Button variant="primary" disabledReason={stored ? undefined : first} onClick={close}>
            Close
          </Button>
        </>
      }
    >
      <p>
        {cloud.longName} shows it <b>once</b>. When this dialog closes, the console forgets it. A lost secret means a
        new API key.
      </p>
      <Value label="Key" text={key}>
        <CopyButton text={key} label="Copy key" look="button" />
      </Value>
      <Value label="Secret" text={revealed ? secret : MASK}>
        <Button
          iconOnly
          size="sm"
          variant="ghost"
          icon={revealed ? EyeOff : Eye}
          aria-label={revealed ? 'Mask secret' : 'Show secret'}
          onClick={() => setRevealed(!revealed)}
        />
        <CopyButton text={() => secret} label="Copy secret" look="button" />
      </Value>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <Button
          icon={Download}
          onClick={() => download(environmentFileName(name), access.environmentFile(kmsKey, connection))}
        >
          <span>
            Download <Code>.env</Code>
          </span>
        </Button>
        <span className="min-w-0 flex-1 text-fg-subtle text-xs">
          {access.variables.join(' and ')}, the names that the CLI and Terraform read.
        </span>
      </div>
      <Trial of={of} kmsKey={kmsKey} />
    </Dialog>
  )
}
