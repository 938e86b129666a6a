import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { CloudConnection } from '../../clouds/gateway/wire.ts'
import { useEntryState } from '../entry-state.ts'
import { useProject } from '../use-project.ts'
import type { Report } from './report.ts'
import { testConnection } from './test-connection.ts'

export interface ConnectionTest {
  /** Completed and total steps while the test runs. */
  readonly progress: { readonly done: number; readonly of: number } | undefined
  /** Report of the last finished test; stays while another test runs. */
  readonly report: Report | undefined
  readonly start: () => void
}

/** Test of a connection; leaving the page aborts it. Back finds the last report. */
export function useConnectionTest(connection: CloudConnection): ConnectionTest {
  const client = useQueryClient()
  const project = useProject()
  const [progress, setProgress] = useState<ConnectionTest['progress']>()
  const [report, setReport] = useEntryState<Report | undefined>(`connection-test ${connection.id}`, undefined)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])

  async function run() {
    const ending = new AbortController()
    running.current = ending
    const { signal } = ending
    const tell = (done: number, of: number) => {
      if (!signal.aborted) setProgress({ done, of })
    }
    tell(0, 0)
    const found = await testConnection({ client, connection, project, signal, onProgress: tell })
    if (signal.aborted) return
    setProgress(undefined)
    setReport(found)
  }

  return {
    progress,
    report,
    start() {
      if (progress === undefined) void run()
    },
  }
}
