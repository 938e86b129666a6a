import { useEffect, useState } from 'react'
import type { KmsKey } from '../../clouds/model.ts'
import { searchKeys } from './search-keys.ts'

interface Result {
  readonly query: string
  readonly keys: readonly KmsKey[]
  readonly total: number
}

const nothing: Result = { query: '', keys: [], total: 0 }

/** Milliseconds per frame for the search. */
const SLICE = 6

/** Keys that match a query. The last result stays while a search runs. */
export function useKeySearch(keys: readonly KmsKey[], query: string): Result {
  const [result, setResult] = useState(nothing)
  const wanted = query.trim()
  useEffect(() => {
    if (wanted === '') return
    const search = searchKeys(keys, wanted)
    let timer: ReturnType<typeof setTimeout> | undefined
    const run = () => {
      const end = performance.now() + SLICE
      let more = search.step()
      while (more && performance.now() < end) more = search.step()
      if (more) timer = setTimeout(run)
      else setResult({ query: wanted, ...search.found() })
    }
    run()
    return () => clearTimeout(timer)
  }, [keys, wanted])
  return wanted === '' ? nothing : result
}
