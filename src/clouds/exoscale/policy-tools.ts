import type { PolicyTools } from '../role-policies.ts'
import { readRole } from './policy.ts'
import { templates } from './policy-templates.ts'
import { checkPolicyText, lineOfRefusal, policyOf } from './policy-text.ts'
import { callerFacts, parametersFault, tryOut, tryOutOperations } from './try-out.ts'

export const policyTools: PolicyTools = {
  templates,
  operations: tryOutOperations,
  async check(text) {
    const remarks = await checkPolicyText(text)
    const allows = remarks.some(({ tone }) => tone === 'error')
      ? undefined
      : readRole({ id: '', policy: policyOf(text) }).allows
    return { remarks, allows }
  },
  lineOf: lineOfRefusal,
  callerFacts,
  parametersExample: '{"delay-days": 7}',
  parametersFault,
  tryOut: (text, call, signal) => tryOut(policyOf(text), call, signal),
}
