import { Suspense } from 'react'
import { lazyComponent } from '../../ui/lazy-component.ts'
import type { BenchProps } from './bench-props.ts'
import { CheckBench } from './CheckBench.tsx'
import { DecryptBench } from './DecryptBench.tsx'
import { EncryptBench } from './EncryptBench.tsx'
import { MakeBench } from './MakeBench.tsx'
import type { PlaygroundOperation } from './operations.ts'
import { BenchSkeleton } from './parts.tsx'

// Two that few visits need.
const ReEncryptBench = lazyComponent(
  () => import('./ReEncryptBench.tsx').then(({ ReEncryptBench }) => ReEncryptBench),
  {
    fallback: 'in place',
  },
)
const DataKeyBench = lazyComponent(() => import('./DataKeyBench.tsx').then(({ DataKeyBench }) => DataKeyBench), {
  fallback: 'in place',
})

/** The panes of one operation. */
export function OperationBench(props: BenchProps & { readonly operation: PlaygroundOperation }) {
  return (
    <Suspense fallback={<BenchSkeleton />}>
      <Chosen {...props} />
    </Suspense>
  )
}

function Chosen({ operation, ...props }: BenchProps & { readonly operation: PlaygroundOperation }) {
  switch (operation) {
    case 'encrypt':
      return <EncryptBench {...props} />
    case 'decrypt':
      return <DecryptBench {...props} />
    case 'reEncrypt':
      return <ReEncryptBench {...props} />
    case 'dataKey':
      return <DataKeyBench {...props} />
    case 'sign':
    case 'hmac':
      return <MakeBench key={operation} operation={operation} {...props} />
    case 'verify':
    case 'verifyHmac':
      return <CheckBench key={operation} operation={operation} {...props} />
  }
}
