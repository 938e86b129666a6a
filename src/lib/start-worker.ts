/** Starts workers under the page's Trusted Types policy. */

interface Policy {
  /** Returns a TrustedScriptURL, typed as the string that it is used as. */
  readonly createScriptURL: (url: string) => string
}

interface Policies {
  readonly createPolicy: (name: string, rules: Policy) => Policy
}

let policy: Policy | undefined

/** The only policy that the page's headers allow; created once, because a second one of the same name is refused. */
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
