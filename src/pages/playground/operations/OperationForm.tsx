import { Suspense } from 'react'
import { lazySection } from '../../../ui/lazy-section.tsx'
import type { PlaygroundOperation } from '../../shared/operations.ts'
import { PlaygroundSkeleton } from '../PlaygroundStates.tsx'
import { DecryptForm } from './DecryptForm.tsx'
import { EncryptForm } from './EncryptForm.tsx'
import type { OperationFormProps } from './operation-form-props.ts'
import { SignForm } from './SignForm.tsx'
import { VerifyForm } from './VerifyForm.tsx'

// Two that few visits need.
const ReEncryptForm = lazySection(() => import('./ReEncryptForm.tsx').then(({ ReEncryptForm }) => ReEncryptForm))
const DataKeyForm = lazySection(() => import('./DataKeyForm.tsx').then(({ DataKeyForm }) => DataKeyForm))

/** The panes of one operation. */
export function OperationForm(props: OperationFormProps & { readonly operation: PlaygroundOperation }) {
  return (
    <Suspense fallback={<PlaygroundSkeleton />}>
      <Chosen {...props} />
    </Suspense>
  )
}

function Chosen({ operation, ...props }: OperationFormProps & { readonly operation: PlaygroundOperation }) {
  switch (operation) {
    case 'encrypt':
      return <EncryptForm {...props} />
    case 'decrypt':
      return <DecryptForm {...props} />
    case 'reEncrypt':
      return <ReEncryptForm {...props} />
    case 'dataKey':
      return <DataKeyForm {...props} />
    case 'sign':
    case 'hmac':
      return <SignForm key={operation} operation={operation} {...props} />
    case 'verify':
    case 'verifyHmac':
      return <VerifyForm key={operation} operation={operation} {...props} />
  }
}
