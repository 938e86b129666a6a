import { useQueryClient } from '@tanstack/react-query'
import { LogIn } from 'lucide-react'
import { useEffect, useState } from 'react'
import { readSession } from '../clouds/gateway/calls.ts'
import { SIGN_IN_CHANNEL, SIGN_IN_POPUP } from '../clouds/gateway/sign-in.ts'
import { queries } from '../clouds/queries.ts'
import { endWaiting, isSubject } from '../clouds/sign-in.ts'
import { fullAddress } from '../lib/base-path.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

const POPUP = 'popup,width=520,height=680'

/** Over the page whose session has ended: signs in again in a window of its own, and the page goes on with its input. */
export function SignInAgain() {
  const client = useQueryClient()
  const [isBlocked, setBlocked] = useState(false)

  useEffect(() => {
    const channel = new BroadcastChannel(SIGN_IN_CHANNEL)
    channel.onmessage = async () => {
      const session = await readSession().catch(() => undefined)
      if (session === undefined) return
      // What is on the page belongs to somebody else.
      if (!isSubject(session.person?.subject)) return location.reload()
      client.setQueryData(queries.session().queryKey, session)
      endWaiting(true)
    }
    return () => channel.close()
  }, [client])

  return (
    <Dialog
      open
      keep
      onClose={() => endWaiting(false)}
      title="Your session has ended"
      footer={
        <>
          <Button onClick={() => endWaiting(false)}>Not now</Button>
          <Button
            variant="primary"
            icon={LogIn}
            onClick={() => setBlocked(open(fullAddress(SIGN_IN_POPUP), 'kms-console-sign-in', POPUP) === null)}
          >
            Sign in
          </Button>
        </>
      }
    >
      <p>Sign in again to go on. Everything that you entered on this page is kept.</p>
      {isBlocked ? (
        <p role="alert">
          The browser blocked the window.{' '}
          <a href={fullAddress(SIGN_IN_POPUP)} target="_blank" rel="noreferrer" className="text-accent-fg underline">
            Sign in in another tab
          </a>
          , then come back.
        </p>
      ) : null}
    </Dialog>
  )
}
