import type { QueryClient } from '@tanstack/react-query'
import { Suspense, useEffect, useEffectEvent, useState } from 'react'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { operationsOf } from '../../clouds/offered-operations.ts'
import { type CryptographicOperation, cryptographicLabels, cryptographicOperationIds } from '../../clouds/operations.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf, clouds } from '../../clouds/registry.ts'
import { useNavigationType } from '../../router/react.tsx'
import { Button } from '../../ui/Button.tsx'
import { lazyComponent } from '../../ui/lazy-component.ts'
import { lazySection } from '../../ui/lazy-section.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { formatKeyAddress } from '../key-address.ts'
import type { Visit } from '../page-modules.ts'
import { KeyPicker } from '../shared/KeyPicker.tsx'
import { refusalFor } from '../shared/key-uses.ts'
import { Page } from '../shared/Page.tsx'
import { RefusalBanner, SelectedKeyFailed } from '../shared/SelectedKeyNotices.tsx'
import { useSelectedKey } from '../shared/use-selected-key.ts'
import { useAllKeys } from '../use-keys.ts'
import { projectIn, useLinks } from '../use-project.ts'
import { CodeSection } from './CodeSection.tsx'
import type { EncodedText } from './fields/bytes-input.ts'
import { VersionSelect } from './fields/VersionSelect.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import { CiphertextInspector } from './inspect/CiphertextInspector.tsx'
import type { CarryOver } from './operation.ts'
import { OperationForm, ResultAnnouncement } from './operations/OperationForm.tsx'
import { registry } from './operations/registry.ts'
import { NoKeys, PlaygroundSkeleton, PlaygroundToolbar } from './PlaygroundStates.tsx'
import { usePlaygroundCommands } from './playground-commands.ts'
import { carriedInput, carriedResult, inspectedCiphertext, operationState } from './playground-state.ts'
import { FILE, type FileMode, readPlaygroundUrl, usePlaygroundUrl } from './playground-url.ts'
import { type PlaygroundRunner, usePlaygroundRunner } from './use-playground-runner.ts'

async function prefetchKeys(client: QueryClient, cloud: (typeof clouds)[number], project: string | undefined) {
  await client.prefetchQuery(queries.locations(cloud.id))
  const locations = client.getQueryData(queries.locations(cloud.id).queryKey) ?? []
  await Promise.all(
    locations
      .filter(({ available }) => available)
      .map(({ id }) => client.prefetchQuery(queries.keys(cloud.id, id, project))),
  )
}

export const load =
  (client: QueryClient) =>
  ({ search }: Visit) => {
    const { address } = readPlaygroundUrl(search)
    if (address) void client.prefetchQuery(queries.key(address))
    for (const cloud of clouds) void prefetchKeys(client, cloud, projectIn(search))
  }

/** Ctrl+Enter or Cmd+Enter from anywhere on the page, except from dialogs and menus above it. */
function useRunShortcut(run: () => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.repeat) return
    const { target } = event
    if (target instanceof Element && target !== document.body && !target.closest('main')) return
    // Without this, a focused button is pressed as well.
    event.preventDefault()
    run()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}

interface VersionFieldProps<Id extends CryptographicOperation> {
  readonly id: Id
  readonly selectedKey: KmsKey
  readonly runner: PlaygroundRunner
}

/** Choice of the key version, for operations and providers that have one. */
function VersionField<Id extends CryptographicOperation>({ id, selectedKey, runner }: VersionFieldProps<Id>) {
  const { version } = registry[id]
  if (!version || !cloudOf(selectedKey.cloud).capabilities.chooseVersion) return null
  return (
    <VersionSelect
      of={selectedKey}
      version={version.get(operationState(runner.state, id).draft)}
      onChange={(next) => runner.edit(id, (draft) => version.set(draft, next))}
    />
  )
}

const StoreNotice = lazyComponent(() => import('../shared/ExternalKey.tsx').then(({ StoreNotice }) => StoreNotice))
const FilesSection = lazySection(() => import('./files/FilesSection.tsx').then(({ FilesSection }) => FilesSection))

export default function PlaygroundPage() {
  const url = usePlaygroundUrl()
  const links = useLinks()
  const { address, fileMode } = url
  const isFile = fileMode !== undefined
  const list = useAllKeys()
  const { key, error, loading, retry } = useSelectedKey(address, list.keys)
  const addressText = address && formatKeyAddress(address)
  const runner = usePlaygroundRunner(addressText)
  const { state } = runner
  const [masked, setMasked] = useState(false)
  const [isCodeShown, setIsCodeShown] = useState(false)
  const [filledOperation, setFilledOperation] = useState<CryptographicOperation>()
  const isArrival = useNavigationType() !== 'POP'
  /** Address of the key that was chosen in the picker, or outside this page: work starts in the first field. */
  const [chosen, setChosen] = useState(isArrival ? addressText : undefined)

  const offered = key ? operationsOf(key) : cryptographicOperationIds
  // A link may name no operation, or one that its key doesn't offer.
  const operation = isFile || offered.includes(url.operation) ? url.operation : (offered[0] ?? url.operation)
  const { next, inputNext } = registry[operation]
  const use = isFile ? 'file' : operation
  const refusal = key && fileMode !== 'decrypt' ? refusalFor(key, use) : undefined
  const disabledReason = key ? refusal : loading ? 'The key is still being read.' : 'Choose a key first.'
  // The URL follows what was chosen by a moment, in which the former operation or key must not take the focus.
  const takesFocus = (!isFile && filledOperation === operation) || (chosen !== undefined && chosen === addressText)
  const run = () => {
    const running = operationState(state, operation).outcome.state === 'running'
    if (!isFile && key && disabledReason === undefined && !running) runner.run(operation, key)
  }
  useRunShortcut(run)
  const leaveField = () => {
    setFilledOperation(undefined)
    setChosen(undefined)
  }
  const open = (id: CryptographicOperation) => {
    leaveField()
    url.openOperation(id)
  }
  const openFile = (mode: FileMode) => {
    leaveField()
    url.openFile(mode)
  }
  const openWith = (id: CryptographicOperation | undefined, carryOver: CarryOver | undefined) => {
    if (!id || !key || !carryOver) return
    runner.accept(id, carryOver.input)
    leaveField()
    setFilledOperation(id)
    if (carryOver.masked) setMasked(true)
    url.openOperation(id, carryOver.key === undefined ? undefined : { ...addressOf(key), key: carryOver.key })
  }
  const carryOver = () => openWith(next, key && carriedResult(state, operation, key))
  const carryInputOver = () => openWith(inputNext, carriedInput(state, operation))
  const decryptWith = (found: KmsKey, ciphertext: string, context: EncodedText) => {
    runner.edit('decrypt', () => ({ ciphertext, context, bound: {} }))
    setFilledOperation('decrypt')
    url.openOperation('decrypt', addressOf(found))
  }
  const clearAll = () => {
    leaveField()
    runner.clearAll()
  }
  const clearKey = () => url.clearKey(isFile ? undefined : operation)
  const toggleCode = () => setIsCodeShown(!isCodeShown)
  usePlaygroundCommands({
    address,
    operation: isFile ? undefined : operation,
    offered,
    disabledReason,
    state,
    isCodeShown,
    onRun: run,
    onOpen: open,
    onCarryOver: carryOver,
    onCarryInputOver: carryInputOver,
    onToggleCode: toggleCode,
    onClear: clearAll,
    onClearKey: clearKey,
  })

  if (list.keys.length === 0 && !list.pending && !address && !url.invalid && !isFile)
    return (
      <Page title="Playground">
        <NoKeys failures={list.missing} />
      </Page>
    )
  const toolbar = !isFile && (
    <PlaygroundToolbar
      onClear={clearAll}
      isCodeShown={isCodeShown}
      onToggleCode={toggleCode}
      codeDisabledReason={key ? undefined : disabledReason}
    />
  )
  const inspected = isFile || error || url.invalid ? undefined : inspectedCiphertext(state, operation)
  const isLoading = !key && (loading || (list.pending && list.keys.length === 0))
  return (
    <Page
      title={isFile ? 'Files' : 'Playground'}
      crumbs={isFile ? [{ label: 'Playground', to: links.playground(address) }] : []}
    >
      <div className="flex min-h-14 flex-wrap items-center gap-x-4 gap-y-2 pt-3 pb-1">
        {fileMode === 'decrypt' ? (
          <p className="text-fg-muted">The header of the file names its key.</p>
        ) : (
          <KeyPicker
            list={list}
            selectedKey={key}
            use={use}
            onSelect={(to) => {
              setChosen(formatKeyAddress(to))
              url.selectKey(to)
            }}
          />
        )}
        {key && !isFile && <VersionField id={operation} selectedKey={key} runner={runner} />}
        <div className="ml-auto flex items-center gap-2 max-sm:hidden">{toolbar}</div>
      </div>
      <Tabs<CryptographicOperation | typeof FILE>
        label="Operation"
        tabs={[...offered.map((id) => ({ value: id, label: cryptographicLabels[id] })), { value: FILE, label: 'File' }]}
        value={isFile ? FILE : operation}
        onChange={(tab) => (tab === FILE ? openFile('encrypt') : open(tab))}
        end={
          address ? (
            <Button variant="ghost" size="sm" onClick={clearKey}>
              Show all tabs
            </Button>
          ) : null
        }
      >
        {key?.external ? (
          <Suspense>
            <StoreNotice kmsKey={key} className="mt-4" />
          </Suspense>
        ) : null}
        {refusal !== undefined && key && <RefusalBanner of={key} use={use} refusal={refusal} />}
        {fileMode !== 'decrypt' && (error || url.invalid) ? (
          <SelectedKeyFailed error={error} onRetry={retry} />
        ) : isFile ? (
          <Suspense fallback={<PlaygroundSkeleton />}>
            <FilesSection
              mode={fileMode}
              onMode={openFile}
              selectedKey={key}
              disabledReason={disabledReason}
              takesFocus={takesFocus}
            />
          </Suspense>
        ) : isLoading ? (
          <PlaygroundSkeleton />
        ) : (
          <OperationForm
            id={operation}
            list={list}
            selectedKey={key}
            runner={runner}
            disabledReason={disabledReason}
            masked={masked}
            onMask={setMasked}
            takesFocus={takesFocus}
            onCarryOver={carryOver}
            onCarryInputOver={key && inputNext && offered.includes(inputNext) ? carryInputOver : undefined}
            onOpen={open}
            findKey={{
              onSearched: ({ found, calls, ...report }) =>
                runner.addSearch({ keyName: found?.name ?? '', tried: calls, ...report }),
              onUse: decryptWith,
            }}
          />
        )}
      </Tabs>
      {!isFile && <ResultAnnouncement id={operation} state={state} />}
      {!isFile && isCodeShown && key && (
        <div className="mt-4">
          <CodeSection id={operation} selectedKey={key} state={state} masked={masked} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap items-start gap-4 *:min-w-[min(100%,24rem)] *:flex-1">
        {inspected !== undefined && <CiphertextInspector ciphertext={inspected} selectedKey={key} />}
        {!isFile && <HistoryPanel history={state.history} onClear={runner.clearHistory} />}
      </div>
      <div className="mt-4 hidden flex-wrap gap-2 max-sm:flex">{toolbar}</div>
    </Page>
  )
}
