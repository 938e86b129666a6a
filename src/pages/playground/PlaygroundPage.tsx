import type { QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { addressOf, type KmsKey } from '../../clouds/model.ts'
import { cloudOf, clouds, queries } from '../../clouds/queries.ts'
import { Button } from '../../ui/Button.tsx'
import { Tabs } from '../../ui/Tabs.tsx'
import { KeyPicker } from '../shared/KeyPicker.tsx'
import {
  nextOperation,
  operationIds,
  operationLabels,
  operationsOf,
  type PlaygroundOperation,
  refusalOf,
  takesVersion,
} from '../shared/operations.ts'
import { Page } from '../shared/Page.tsx'
import { useSelectedKey } from '../shared/use-selected-key.ts'
import { useAllKeys } from '../use-keys.ts'
import { projectOf } from '../use-project.ts'
import { CodeSection } from './CodeSection.tsx'
import type { EncodedText } from './fields/encoded-text.ts'
import { VersionSelect } from './fields/VersionSelect.tsx'
import { HistoryPanel } from './HistoryPanel.tsx'
import { digestHash } from './hashing.ts'
import { CiphertextInspector, inspectedCiphertext } from './inspect/CiphertextInspector.tsx'
import { OperationForm } from './operations/OperationForm.tsx'
import { KeyProblem, NoKeys, PlaygroundSkeleton, PlaygroundToolbar, RefusalBanner } from './PlaygroundStates.tsx'
import { usePlaygroundCommands } from './playground-commands.ts'
import { addressText, readPlaygroundUrl } from './playground-url.ts'
import { ResultAnnouncement } from './results/ResultAnnouncement.tsx'
import { usePlaygroundRunner } from './use-playground-runner.ts'
import { usePlaygroundUrl } from './use-playground-url.ts'
import { useRunShortcut } from './use-run-shortcut.ts'

async function readLists(client: QueryClient, cloud: (typeof clouds)[number], project: string | undefined) {
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
    for (const cloud of clouds) void readLists(client, cloud, projectOf(request))
    return null
  }

export default function PlaygroundPage() {
  const view = usePlaygroundUrl()
  const { address } = view
  const list = useAllKeys()
  const { key, error, loading, retry } = useSelectedKey(address, list.keys)
  const control = usePlaygroundRunner(address && addressText(address))
  const [masked, setMasked] = useState(false)
  const [code, setCode] = useState(false)
  const [arrivedAt, setArrivedAt] = useState<PlaygroundOperation>()
  const { bench, dispatch, run: act } = control

  const possible = key ? operationsOf(key) : operationIds
  // A link may name none, or one that its key can't do.
  const operation = possible.includes(view.operation) ? view.operation : (possible[0] ?? view.operation)
  const refusal = key && refusalOf(key, operation)
  const reason = key ? refusal : loading ? 'The key is still being read.' : 'Choose a key first.'
  const run = () => {
    if (key && reason === undefined && bench[operation].outcome.state !== 'running') act(operation, key)
  }
  useRunShortcut(run)
  const open = (next: PlaygroundOperation) => {
    setArrivedAt(undefined)
    view.openOperation(next)
  }
  const carry = (to: PlaygroundOperation | undefined) => {
    if (!to || !key) return
    const other = operation === 'reEncrypt' ? bench.reEncrypt.destination : undefined
    dispatch({ type: 'carry', from: operation, to, digest: digestHash('sign', bench.sign, key) !== undefined })
    setArrivedAt(to)
    // A key that comes back in clear stays masked until it is asked for, as it was.
    if (operation === 'dataKey') setMasked(true)
    view.openOperation(to, other && { ...addressOf(key), key: other.id })
  }
  const showFound = (found: KmsKey, ciphertext: string, context: EncodedText) => {
    dispatch({ type: 'edit', operation: 'decrypt', change: { ciphertext, context } })
    setArrivedAt('decrypt')
    view.openOperation('decrypt', addressOf(found))
  }
  const clearAll = () => {
    setArrivedAt(undefined)
    dispatch({ type: 'clearAll' })
  }
  usePlaygroundCommands({
    address,
    operation,
    possible,
    reason,
    bench,
    code,
    onRun: run,
    onOpen: open,
    onCarryOver: carry,
    onCode: () => setCode(!code),
    onClear: clearAll,
    onClearKey: () => view.clearKey(operation),
  })

  if (list.keys.length === 0 && !list.pending && !address && !view.invalid)
    return (
      <Page title="Playground">
        <NoKeys missing={list.missing} />
      </Page>
    )
  const tools = (
    <PlaygroundToolbar
      address={address}
      onClear={clearAll}
      code={code}
      onCode={() => setCode(!code)}
      codeReason={key ? undefined : reason}
    />
  )
  const props = {
    list,
    chosen: key,
    control,
    reason,
    masked,
    onMask: setMasked,
    // The tab follows its state by a moment, in which the focus would go to the field of the tab that is left.
    arrived: arrivedAt === operation,
    onCarry: () => carry(nextOperation[operation]),
    onReEncrypt: key && possible.includes('reEncrypt') ? () => carry('reEncrypt') : undefined,
    onOpen: open,
  }
  const inspected = error || view.invalid ? undefined : inspectedCiphertext(bench, operation)
  const beside = inspected !== undefined || (code && key !== undefined)
  const waits = !key && (loading || (list.pending && list.keys.length === 0))
  return (
    <Page title="Playground">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3 pb-1">
        <KeyPicker list={list} chosen={key} operation={operation} onChoose={view.selectKey} />
        {key && takesVersion(operation) && cloudOf(key.cloud).capabilities.chooseVersion && (
          <VersionSelect
            of={key}
            version={bench[operation].version}
            onChange={(version) => dispatch({ type: 'edit', operation, change: { version } })}
          />
        )}
        <div className="ml-auto flex items-center gap-2 max-sm:hidden">{tools}</div>
      </div>
      <Tabs
        label="Operation"
        tabs={possible.map((id) => ({ value: id, label: operationLabels[id].label }))}
        value={operation}
        onChange={open}
        end={
          <Button
            variant="ghost"
            size="sm"
            disabledReason={address ? undefined : 'All operations are shown while no key is chosen.'}
            onClick={() => view.clearKey(operation)}
          >
            All operations
          </Button>
        }
      >
        {refusal !== undefined && key && <RefusalBanner of={key} operation={operation} refusal={refusal} />}
        {error || view.invalid ? (
          <KeyProblem error={error} onRetry={retry} />
        ) : waits ? (
          <PlaygroundSkeleton />
        ) : (
          <OperationForm operation={operation} {...props} />
        )}
      </Tabs>
      <ResultAnnouncement bench={bench} operation={operation} />
      <div className={`mt-4 grid items-start gap-4 ${beside ? 'grid-cols-2 max-md:grid-cols-1' : ''}`}>
        {code && key && (
          <div className={inspected && 'col-span-full min-w-0'}>
            <CodeSection bench={bench} chosen={key} operation={operation} masked={masked} />
          </div>
        )}
        {inspected && (
          <CiphertextInspector inspected={inspected} list={list} chosen={key} dispatch={dispatch} onUse={showFound} />
        )}
        <HistoryPanel visited={bench.visited} onClear={() => dispatch({ type: 'clearVisited' })} />
      </div>
      <div className="mt-4 hidden flex-wrap gap-2 max-sm:flex">{tools}</div>
    </Page>
  )
}
