import { Copy, Ellipsis, FlaskConical, Link2, RotateCw } from 'lucide-react'
import type { RefObject } from 'react'
import { offersOperation } from '../../clouds/key-operations.ts'
import { addressOf, type KeyTrait, type KmsKey } from '../../clouds/model.ts'
import { operationsOf, refusalOf } from '../../clouds/offered-operations.ts'
import { fullAddress } from '../../lib/base-path.ts'
import { Link } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { Code } from '../../ui/Code.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { buttonClass } from '../../ui/classes.ts'
import { Icon } from '../../ui/Icon.tsx'
import { Menu, MenuItem, MenuSeparator } from '../../ui/Menu.tsx'
import { KeyStatus } from '../shared/KeyStatus.tsx'
import { type KeyAction, keyActionItem, keyActionItems } from '../shared/key-actions/actions.ts'
import { LocationPath } from '../shared/LocationPath.tsx'
import { PurposeIcon, purposeWords } from '../shared/PurposeIcon.tsx'
import { TraitBadge } from '../shared/TraitBadge.tsx'
import type { Copy as CopyText } from '../shared/use-copy.ts'
import { useLinks } from '../use-project.ts'
import { exportItem } from './use-key-page-commands.ts'

interface KeyHeaderProps {
  kmsKey: KmsKey
  now: number
  start: (action: KeyAction, key: KmsKey) => void
  startExport: () => void
  copy: CopyText
  headingRef: RefObject<HTMLHeadingElement | null>
}

/** Traits that the head shows; the others are properties on the overview. */
const headTraits: ReadonlySet<KeyTrait> = new Set(['default', 'multi-zone', 'replica', 'external'])

/** Link to the playground; disabled while none of the key's operations is possible. */
function PlaygroundLink({ kmsKey: key }: { kmsKey: KmsKey }) {
  const links = useLinks()
  const operations = operationsOf(key)
  const refusals = operations.map((operation) => refusalOf(key, operation))
  const first = operations[refusals.indexOf(undefined)]
  if (first === undefined)
    return (
      <Button icon={FlaskConical} disabledReason={refusals[0] ?? 'This key has no operations.'}>
        Open in playground
      </Button>
    )
  return (
    <Link to={links.playground(addressOf(key), first === 'encrypt' ? {} : { op: first })} className={buttonClass()}>
      <Icon of={FlaskConical} />
      Open in playground
    </Link>
  )
}

export function KeyHeader({ kmsKey: key, now, start, startExport, copy, headingRef }: KeyHeaderProps) {
  const rotate = keyActionItem('rotate', key)
  return (
    <header className="flex items-start gap-4 pt-4.5 pb-3 max-sm:flex-wrap">
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 ref={headingRef} tabIndex={-1} className="page-title min-w-0 outline-none [overflow-wrap:anywhere]">
            {key.name}
          </h1>
          <KeyStatus kmsKey={key} now={now} />
          {key.traits.map((trait) => headTraits.has(trait) && <TraitBadge key={trait} trait={trait} />)}
        </div>
        <div className="mt-1 flex flex-wrap items-center gap-x-5 gap-y-0.5 text-fg-muted">
          <LocationPath of={key} />
          <span className="inline-flex min-w-0 items-center gap-1">
            <Code className="[overflow-wrap:anywhere]">{key.id}</Code>
            <CopyButton text={key.id} label="Copy id" className="print:hidden" />
          </span>
          <span className="inline-flex items-center gap-2" title={purposeWords[key.purpose]}>
            <PurposeIcon purpose={key.purpose} />
            <Code>{key.type}</Code>
          </span>
        </div>
      </div>
      <div className="flex shrink-0 gap-2 max-sm:w-full max-sm:flex-wrap max-sm:[&>:not(:last-child)]:grow print:hidden">
        <PlaygroundLink kmsKey={key} />
        {offersOperation(key, 'rotate') && key.rotation.never === undefined ? (
          <Button
            icon={RotateCw}
            disabledReason={rotate.disabledReason}
            tooltip="Adds a version. Older versions are kept."
            onClick={() => start('rotate', key)}
          >
            Rotate now
          </Button>
        ) : null}
        <KeyMenu kmsKey={key} start={start} startExport={startExport} copy={copy} />
      </div>
    </header>
  )
}

type KeyMenuProps = Pick<KeyHeaderProps, 'kmsKey' | 'start' | 'startExport' | 'copy'>

/** Menu of the other actions; rotation has its own button. */
function KeyMenu({ kmsKey: key, start, startExport, copy }: KeyMenuProps) {
  const links = useLinks()
  const exporting = exportItem(key)
  return (
    <Menu trigger={<Button iconOnly icon={Ellipsis} aria-label="More actions" />}>
      <MenuItem icon={Copy} onSelect={() => copy('id', key.id)}>
        Copy id
      </MenuItem>
      <MenuItem icon={Link2} onSelect={() => copy('link', fullAddress(links.key(addressOf(key))))}>
        Copy link
      </MenuItem>
      <MenuSeparator />
      {exporting && (
        <MenuItem icon={exporting.icon} disabledReason={exporting.disabledReason} onSelect={startExport}>
          {exporting.label}
        </MenuItem>
      )}
      {keyActionItems(key)
        .filter(({ id }) => id !== 'rotate')
        .map(({ id, label, icon, disabledReason: refusal, danger }) => (
          <MenuItem key={id} icon={icon} danger={danger} disabledReason={refusal} onSelect={() => start(id, key)}>
            {label}
          </MenuItem>
        ))}
    </Menu>
  )
}
