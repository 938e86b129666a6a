/** Workers under a policy that lets no plain text become the address of a script. */

interface Policy {
  /** What comes back stands for the address and is no string; it is typed as what it is used for. */
  readonly createScriptURL: (url: string) => string
}

interface Policies {
  readonly createPolicy: (name: string, rules: Policy) => Policy
}

let policy: Policy | undefined

/** The one policy that the page's headers allow, made once: a second one of its name is refused. */
function policyOf(policies: Policies): Policy {
  policy ??= policies.createPolicy('kms-worker', {
    createScriptURL(url) {
      if (new URL(url, location.href).origin !== location.origin) throw new TypeError('A worker from elsewhere.')
      return url
    },
  })
  return policy
}

/** @param url of this origin, from an import with `?worker&url` */
export function startWorker(url: string): Worker {
  const { trustedTypes } = globalThis as { readonly trustedTypes?: Policies }
  return new Worker(trustedTypes ? policyOf(trustedTypes).createScriptURL(url) : url, { type: 'module' })
}
