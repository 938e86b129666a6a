import type { QueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import type { KeyAddress } from '../../clouds/model.ts'
import { cloudOf, clouds, queries } from '../../clouds/queries.ts'
import { Tabs } from '../../ui/Tabs.tsx'
import { Page } from '../parts/Page.tsx'
import { useAllKeys } from '../use-keys.ts'
import { CodeSection } from './CodeSection.tsx'
import { DecryptBench } from './DecryptBench.tsx'
import { EncryptBench } from './EncryptBench.tsx'
import { KeyPicker } from './KeyPicker.tsx'
import { Announced, BenchSkeleton, KeyProblem, NoKeys, RefusalBanner, Tools } from './parts.tsx'
import { useActShortcut } from './use-act-shortcut.ts'
import { useBench } from './use-bench.ts'
import { useChosenKey } from './use-chosen-key.ts'
import { VersionSelect } from './VersionSelect.tsx'
import { VisitPanel } from './VisitPanel.tsx'
import { addressText, type PlaygroundOperation, readView } from './view.ts'

async function readLists(client: QueryClient, cloud: (typeof clouds)[number]) {
  await client.prefetchQuery(queries.locations(cloud.id))
  const locations = client.getQueryData(queries.locations(cloud.id).queryKey) ?? []
  await Promise.all(
    locations.filter(({ available }) => available).map(({ id }) => client.prefetchQuery(queries.keys(cloud.id, id))),
  )
}

export const load =
  (client: QueryClient) =>
  ({ request }: LoaderFunctionArgs) => {
    const { address } = readView(new URL(request.url).searchParams)
    if (address) void client.prefetchQuery(queries.key(address))
    for (const cloud of clouds) void readLists(client, cloud)
    return null
  }

const tabs = [
  { value: 'encrypt', label: 'Encrypt' },
  { value: 'decrypt', label: 'Decrypt' },
] as const

function usePlaygroundView() {
  const [params, setParams] = useSearchParams()
  return {
    ...readView(params),
    choose: (address: KeyAddress) =>
      setParams((now) => {
        const next = new URLSearchParams(now)
        next.set('key', addressText(address))
        return next
      }),
    open: (operation: PlaygroundOperation) =>
      setParams((now) => {
        const next = new URLSearchParams(now)
        if (operation === 'encrypt') next.delete('op')
        else next.set('op', operation)
        return next
      }),
  }
}

export default function PlaygroundPage() {
  const view = usePlaygroundView()
  const { operation, address } = view
  const list = useAllKeys()
  const { key, error, loading, retry } = useChosenKey(address, list.keys)
  const control = useBench(address && addressText(address))
  const [masked, setMasked] = useState(false)
  const [code, setCode] = useState(false)
  const [arrived, setArrived] = useState(false)
  const { bench, dispatch, act } = control

  const refusal = key && cloudOf(key.cloud).operations[operation].refusal(key)
  const reason = key ? refusal : loading ? 'The key is still being read.' : 'Choose a key first.'
  useActShortcut(() => {
    if (key && reason === undefined && bench[operation].outcome.state !== 'running') act(operation, key)
  })
  const open = (next: PlaygroundOperation, carries: boolean) => {
    setArrived(carries)
    view.open(next)
  }
  const carry = () => {
    const to = operation === 'encrypt' ? 'decrypt' : 'encrypt'
    dispatch({ type: to === 'decrypt' ? 'useInDecrypt' : 'useInEncrypt' })
    open(to, true)
  }
  const clearAll = () => {
    setArrived(false)
    dispatch({ type: 'clearAll' })
  }

  if (list.keys.length === 0 && !list.pending && !address && !view.broken)
    return (
      <Page title="Playground">
        <NoKeys missing={list.missing} />
      </Page>
    )
  const tools = (
    <Tools onClear={clearAll} code={code} onCode={() => setCode(!code)} codeReason={key ? undefined : reason} />
  )
  const props = { chosen: key, control, reason, masked, onMask: setMasked, arrived, onCarry: carry }
  const waits = !key && (loading || (list.pending && list.keys.length === 0))
  return (
    <Page title="Playground">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pt-3 pb-1">
        <KeyPicker list={list} chosen={key} operation={operation} onChoose={view.choose} />
        {key && operation === 'encrypt' && cloudOf(key.cloud).traits.chooseVersion && (
          <VersionSelect
            of={key}
            version={bench.encrypt.version}
            onChange={(version) => dispatch({ type: 'editEncrypt', change: { version } })}
          />
        )}
        <div className="ml-auto flex items-center gap-2 max-sm:hidden">{tools}</div>
      </div>
      <Tabs label="Operation" tabs={tabs} value={operation} onChange={(next) => open(next, false)}>
        {refusal !== undefined && key && <RefusalBanner of={key} operation={operation} refusal={refusal} />}
        {error || view.broken ? (
          <KeyProblem error={error} onRetry={retry} />
        ) : waits ? (
          <BenchSkeleton />
        ) : operation === 'encrypt' ? (
          <EncryptBench {...props} />
        ) : (
          <DecryptBench {...props} />
        )}
      </Tabs>
      <Announced bench={bench} operation={operation} />
      <div className={`mt-4 grid items-start gap-4 ${code && key ? 'grid-cols-2 max-md:grid-cols-1' : ''}`}>
        {code && key && <CodeSection bench={bench} chosen={key} operation={operation} masked={masked} />}
        <VisitPanel visited={bench.visited} onClear={() => dispatch({ type: 'clearVisited' })} />
      </div>
      <div className="mt-4 hidden gap-2 max-sm:flex">{tools}</div>
    </Page>
  )
}
