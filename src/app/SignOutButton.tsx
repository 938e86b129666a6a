import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { signOut } from '../clouds/gateway/calls.ts'
import { ErrorNote } from '../pages/shared/Failure.tsx'
import { Button } from '../ui/Button.tsx'

/** Ends the session here and at the identity provider, and leaves the page. */
export function SignOutButton() {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  const leave = async () => {
    setBusy(true)
    try {
      location.assign(await signOut())
    } catch (failure) {
      setError(failure)
      setBusy(false)
    }
  }
  return (
    <>
      <Button icon={LogOut} busy={isBusy} onClick={() => void leave()}>
        {isBusy ? 'Signing out' : 'Sign out'}
      </Button>
      {error === undefined ? null : <ErrorNote title="You are still signed in." error={error} />}
    </>
  )
}
