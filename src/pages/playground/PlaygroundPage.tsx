import type { QueryClient } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useEffectEvent, useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { type CryptographicOperation, cryptographicLabels, cryptographicOperationIds } from '../../clouds/operations.ts'
import { queries } from '../../clouds/queries.ts'
import { cloudOf, clouds } from '../../clouds/registry.ts'
import { Button } from '../../ui/Button.tsx'
import { Panel } from '../../ui/Panel.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { formatKeyAddress } from '../key-address.ts'
import { KeyPicker } from '../shared/KeyPicker.tsx'
import { operationsOf, refusalOf } from '../shared/offered-operations.ts'
import { Page } from '../shared/Page.tsx'
import { PageCodePanel } from '../shared/PageCodePanel.tsx'
import { RefusalBanner, SelectedKeyFailed } from '../shared/SelectedKeyNotices.tsx'
import { useSelectedKey } from '../shared/use-selected-key.ts'
import { useAllKeys } from '../use-keys.ts'
import { projectOf } from '../use-project.ts'
import type { EncodedText } from './fields/bytes-input.ts'
import { VersionSelect } from './fields/VersionSelect.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import { CiphertextInspector } from './inspect/CiphertextInspector.tsx'
import { type CarryOver, prepareRequest } from './operation.ts'
import { OperationForm, ResultAnnouncement } from './operations/OperationForm.tsx'
import { registry } from './operations/registry.ts'
import { NoKeys, PlaygroundSkeleton, PlaygroundToolbar } from './PlaygroundStates.tsx'
import { usePlaygroundCommands } from './playground-commands.ts'
import {
  carriedInput,
  carriedResult,
  inspectedCiphertext,
  operationState,
  type PlaygroundState,
} from './playground-state.ts'
import { readPlaygroundUrl, usePlaygroundUrl } from './playground-url.ts'
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
  ({ request }: LoaderFunctionArgs) => {
    const { address } = readPlaygroundUrl(new URL(request.url).searchParams)
    if (address) void client.prefetchQuery(queries.key(address))
    for (const cloud of clouds) void prefetchKeys(client, cloud, projectOf(request))
    return null
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

interface CodeSectionProps<Id extends CryptographicOperation> {
  readonly id: Id
  readonly selectedKey: KmsKey
  readonly state: PlaygroundState
  readonly masked: boolean
}

/** Code that sends the same request from elsewhere. */
function CodeSection<Id extends CryptographicOperation>({ id, selectedKey, state, masked }: CodeSectionProps<Id>) {
  // Long input makes long code, and typing must not wait for it.
  const { draft } = operationState(useDeferredValue(state), id)
  if (masked && registry[id].hasSecretInput)
    return (
      <Panel title="Code">
        <p className="text-fg-muted">The code holds the plaintext, which is masked. Show the plaintext to read it.</p>
      </Panel>
    )
  const { errors, code } = prepareRequest(id, registry[id], draft, selectedKey)
  return (
    <PageCodePanel
      label="Code"
      samples={code().map((snippet) => ({ id: snippet.label, ...snippet }))}
      footer={
        errors === undefined
          ? 'Credentials are read from the environment.'
          : 'The input is not valid yet, so its place is empty. Credentials are read from the environment.'
      }
    />
  )
}

export default function PlaygroundPage() {
  const url = usePlaygroundUrl()
  const { address } = url
  const list = useAllKeys()
  const { key, error, loading, retry } = useSelectedKey(address, list.keys)
  const runner = usePlaygroundRunner(address && formatKeyAddress(address))
  const { state } = runner
  const [masked, setMasked] = useState(false)
  const [isCodeShown, setIsCodeShown] = useState(false)
  const [filledOperation, setFilledOperation] = useState<CryptographicOperation>()

  const offered = key ? operationsOf(key) : cryptographicOperationIds
  // A link may name no operation, or one that its key doesn't offer.
  const operation = offered.includes(url.operation) ? url.operation : (offered[0] ?? url.operation)
  const { next, inputNext } = registry[operation]
  const refusal = key && refusalOf(key, operation)
  const disabledReason = key ? refusal : loading ? 'The key is still being read.' : 'Choose a key first.'
  const run = () => {
    const running = operationState(state, operation).outcome.state === 'running'
    if (key && disabledReason === undefined && !running) runner.run(operation, key)
  }
  useRunShortcut(run)
  const open = (id: CryptographicOperation) => {
    setFilledOperation(undefined)
    url.openOperation(id)
  }
  const openWith = (id: CryptographicOperation | undefined, carryOver: CarryOver | undefined) => {
    if (!id || !key || !carryOver) return
    runner.accept(id, carryOver.input)
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
    setFilledOperation(undefined)
    runner.clearAll()
  }
  const toggleCode = () => setIsCodeShown(!isCodeShown)
  usePlaygroundCommands({
    address,
    operation,
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
    onClearKey: () => url.clearKey(operation),
  })

  if (list.keys.length === 0 && !list.pending && !address && !url.invalid)
    return (
      <Page title="Playground">
        <NoKeys failures={list.missing} />
      </Page>
    )
  const toolbar = (
    <PlaygroundToolbar
      address={address}
      onClear={clearAll}
      isCodeShown={isCodeShown}
      onToggleCode={toggleCode}
      codeDisabledReason={key ? undefined : disabledReason}
    />
  )
  const inspected = error || url.invalid ? undefined : inspectedCiphertext(state, operation)
  const isLoading = !key && (loading || (list.pending && list.keys.length === 0))
  return (
    <Page title="Playground">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3 pb-1">
        <KeyPicker list={list} selectedKey={key} operation={operation} onSelect={url.selectKey} />
        {key && <VersionField id={operation} selectedKey={key} runner={runner} />}
        <div className="ml-auto flex items-center gap-2 max-sm:hidden">{toolbar}</div>
      </div>
      <Tabs
        label="Operation"
        tabs={offered.map((id) => ({ value: id, label: cryptographicLabels[id] }))}
        value={operation}
        onChange={open}
        end={
          <Button
            variant="ghost"
            size="sm"
            disabledReason={address ? undefined : 'All operations are shown while no key is chosen.'}
            onClick={() => url.clearKey(operation)}
          >
            All operations
          </Button>
        }
      >
        {refusal !== undefined && key && <RefusalBanner of={key} operation={operation} refusal={refusal} />}
        {error || url.invalid ? (
          <SelectedKeyFailed error={error} onRetry={retry} />
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
            // The URL follows this state by a moment, in which the former operation must not take the focus.
            takesFocus={filledOperation === operation}
            onCarryOver={carryOver}
            onCarryInputOver={key && inputNext && offered.includes(inputNext) ? carryInputOver : undefined}
            onOpen={open}
            findKey={{
              onSearched: ({ found, calls, milliseconds }) =>
                runner.addSearch({ keyName: found?.name ?? '', tried: calls, milliseconds }),
              onUse: decryptWith,
            }}
          />
        )}
      </Tabs>
      <ResultAnnouncement id={operation} state={state} />
      {isCodeShown && key && (
        <div className="mt-4">
          <CodeSection id={operation} selectedKey={key} state={state} masked={masked} />
        </div>
      )}
      <div className="mt-4 flex flex-wrap items-start gap-4 *:min-w-[min(100%,24rem)] *:flex-1">
        {inspected !== undefined && <CiphertextInspector ciphertext={inspected} selectedKey={key} />}
        <HistoryPanel history={state.history} onClear={runner.clearHistory} />
      </div>
      <div className="mt-4 hidden flex-wrap gap-2 max-sm:flex">{toolbar}</div>
    </Page>
  )
}
