import type { PolicyTools } from '../role-policies.ts'
import { templates } from './policy-templates.ts'
import { checkPolicyText, lineOfRefusal, policyOf } from './policy-text.ts'
import { parametersFault, tryOut, tryOutOperations } from './try-out.ts'

export const policyTools: PolicyTools = {
  templates,
  operations: tryOutOperations,
  check: checkPolicyText,
  lineOf: lineOfRefusal,
  parametersFault,
  tryOut: (text, call, signal) => tryOut(policyOf(text), call, signal),
}
