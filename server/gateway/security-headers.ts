/** Headers of every answer, of pages and API. */

const policy = {
  'default-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  'trusted-types': 'kms-worker',
}

const join = (directives: Readonly<Record<string, string>>) =>
  Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join('; ')

export const securityHeaders: Readonly<Record<string, string>> = {
  'content-security-policy': join(policy),
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

/** Where people open the console by https: browsers then use nothing else for a year. */
export const httpsOnly = { 'strict-transport-security': 'max-age=31536000' }

/** Nonce of the scripts and styles that the development server adds to the page. */
export const developmentNonce = 'dev'

/** Headers in development: React's refresh preamble and hot-updated styles may be inline. */
export const developmentHeaders: Readonly<Record<string, string>> = {
  ...securityHeaders,
  'content-security-policy': `default-src 'self'; script-src 'self' 'nonce-${developmentNonce}'; style-src 'self' 'nonce-${developmentNonce}'; frame-ancestors 'none'`,
}
