import { useEffect, useState } from 'react'
import { type ResultsRefusal, resultsRefusal, tryResults } from '../../../lib/age/results.ts'
import { Banner } from '../../../ui/Banner.tsx'
import { Code } from '../../../ui/Code.tsx'

/** Why files can't be worked on here; undefined while nothing is known to be in the way. */
export function useFilesRefusal(): ResultsRefusal | undefined {
  const [refusal, setRefusal] = useState(resultsRefusal)
  useEffect(() => {
    let current = true
    void tryResults().then((found) => {
      if (current) setRefusal(found)
    })
    return () => {
      current = false
    }
  }, [])
  return refusal
}

const reasons: Readonly<Record<ResultsRefusal, string>> = {
  insecure:
    'The console’s address must begin with https or name this computer (localhost): only then do browsers allow storage on disk and cryptography.',
  old: 'It has no place on disk for a page’s results. Use a current browser.',
  blocked:
    'It blocks the storage of this page, which needs a place on disk for the result. Allow cookies and site data for this address, then load the page again.',
}

export const FilesRefusal = ({ refusal }: { refusal: ResultsRefusal }) => (
  <Banner tone="warning" className="mt-4" title="This browser can’t work on files here.">
    {reasons[refusal]} To decrypt a file without a browser, run <Code>npm run decrypt-file</Code>.
  </Banner>
)
