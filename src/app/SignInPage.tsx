import { LogIn, ShieldX } from 'lucide-react'
import type { ReactNode } from 'react'
import { signInPath } from '../clouds/gateway/sign-in.ts'
import type { SignedIn } from '../clouds/gateway/wire.ts'
import { basePath, withBase } from '../lib/base-path.ts'
import { buttonClass } from '../ui/classes.ts'
import { EmptyState } from '../ui/EmptyState.tsx'
import { Icon } from '../ui/Icon.tsx'
import { SignOutButton } from './SignOutButton.tsx'

/** In place of the whole console. */
const Alone = ({ children }: { children: ReactNode }) => (
  <main className="grid min-h-screen content-center">
    <title>Sign in · KMS Console</title>
    <h1 className="sr-only">KMS Console</h1>
    {children}
  </main>
)

const here = () => `/${location.pathname.slice(basePath.length)}${location.search}${location.hash}`

/** For somebody who is not signed in. */
export function SignInPage({ way, message }: { way: 'provider' | 'token' | undefined; message: string }) {
  if (way !== 'provider')
    return (
      <Alone>
        <EmptyState icon={LogIn} title="Not signed in">
          {message}
        </EmptyState>
      </Alone>
    )
  return (
    <Alone>
      <EmptyState
        icon={LogIn}
        title="Sign in to KMS Console"
        actions={
          <a href={withBase(signInPath(withBase(here())))} className={buttonClass({ variant: 'primary', size: 'lg' })}>
            <Icon of={LogIn} />
            Sign in
          </a>
        }
      >
        You sign in at your organisation’s identity provider.
      </EmptyState>
    </Alone>
  )
}

/** For somebody who is signed in and has no role. */
export const NoRolePage = ({ person }: { person: SignedIn }) => (
  <Alone>
    <EmptyState icon={ShieldX} title="No access" actions={person.canSignOut ? <SignOutButton /> : null}>
      You are signed in as <b>{person.name}</b>, and none of your groups has a role here. Ask an admin of this console
      for one.
    </EmptyState>
  </Alone>
)
