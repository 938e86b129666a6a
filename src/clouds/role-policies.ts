/** Writing and trying the policy of a role, as the screens see it. Loaded with the editor. */

export interface RoleTemplate {
  readonly id: string
  readonly label: string
  /** The template allows calls on one key, which is chosen first. */
  readonly isForKey: boolean
  /** Text of the policy. */
  policy(keyId: string): string
}

/** Fault of a policy's text at one of its lines. An error can't be sent; a warning can. */
export interface PolicyRemark {
  readonly line: number
  readonly tone: 'error' | 'warning'
  readonly message: string
  /** Rule that the remark is about: its service and its place, from 0. */
  readonly rule?: { readonly service: string; readonly place: number }
}

export interface PolicyCheck {
  /** In the order of the lines. */
  readonly remarks: readonly PolicyRemark[]
  /** What the policy allows, in plain words; undefined for a text with errors. */
  readonly allows: string | undefined
}

export interface TryOutOperation {
  readonly id: string
  readonly service: string
  /** The call names a key. */
  readonly isOnKey: boolean
}

export interface TriedCall {
  readonly operation: string
  /** Location and id of the key; the location alone where the operation names none. */
  readonly location: string
  readonly keyId: string | undefined
  /** Body of the call: JSON, or nothing. */
  readonly parameters: string
  readonly sourceIp: string
  readonly apiKey: string
}

export interface RuleOutcome {
  readonly action: string
  readonly expression: string
  /** `skipped`: the expression fails. `never`: it fails for every call. `unreached`: an earlier rule decides. */
  readonly outcome: 'matches' | 'differs' | 'skipped' | 'never' | 'unreached'
  /** Why it is skipped or never matches. */
  readonly reason?: string
}

export interface Verdict {
  readonly allowed: boolean
  /** What decides, as a sentence. */
  readonly because: string
  /** Rules of the service, in order; none where something else decides. */
  readonly rules: readonly RuleOutcome[]
  /** What the answer leaves out, as a sentence. */
  readonly note?: string
}

export interface PolicyTools {
  readonly templates: readonly RoleTemplate[]
  readonly operations: readonly TryOutOperation[]
  check(text: string): Promise<PolicyCheck>
  /** Line of the member that a server's message begins with, undefined for none. */
  lineOf(text: string, message: string): number | undefined
  /** Facts about the caller that the policy mentions, by the member of the call that gives them. */
  callerFacts(text: string): readonly ('sourceIp' | 'apiKey')[]
  /** Body of a call as an example. */
  readonly parametersExample: string
  /** Fault of the parameters of a call, as a sentence. */
  parametersFault(parameters: string): string | undefined
  /** Decides as the cloud would. Reads the key and the organisation's policy; throws CallError when that fails. */
  tryOut(text: string, call: TriedCall, signal?: AbortSignal): Promise<Verdict>
}
