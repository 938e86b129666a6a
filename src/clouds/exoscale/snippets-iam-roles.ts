/** Code to create, change and delete roles of Exoscale. */
import { type HclData, hclBlock, hclData, hclIdentifier } from '../../lib/hcl.ts'
import { shellQuote } from '../../lib/shell.ts'
import type { Call } from '../http.ts'
import type { NewRoleRequest, Role, RoleChanges } from '../iam.ts'
import { type Snippet, terraformDestroy } from '../snippet.ts'
import { requestCode } from './code.ts'
import { UNASKED, words } from './snippets-iam.ts'
import { configuration } from './snippets-terraform.ts'

const RESOURCE = 'exoscale_iam_role'

/** The policy in the names of Terraform's resource, which differ in one member. */
function policyData(policyText: string): HclData {
  const { 'default-service-strategy': strategy, services } = JSON.parse(policyText)
  return { default_service_strategy: strategy, services }
}

const resource = ({ name, description, policyText }: NewRoleRequest): Snippet =>
  configuration(
    hclBlock(['resource', RESOURCE, hclIdentifier(name)], {
      name,
      ...(description === '' ? {} : { description }),
      policy: () => hclData(policyData(policyText)),
    }),
  )

/** One line, as an argument of the CLI. */
const compact = (policyText: string) => JSON.stringify(JSON.parse(policyText))

const flags = ({ description = '', policyText }: RoleChanges) => [
  ...(description === '' ? [] : [`--description ${shellQuote(description)}`]),
  ...(policyText === undefined ? [] : [`--policy ${shellQuote(compact(policyText))}`]),
]

export const createRoleCode = (zone: string, create: Call, wanted: NewRoleRequest): readonly Snippet[] => [
  ...requestCode(zone, [create], [['iam role create', ...flags(wanted), words(wanted.name).join(' ')]]),
  resource(wanted),
]

/** Addresses the role by its id, because several roles may have the same name. */
export const changeRoleCode = (
  zone: string,
  calls: readonly Call[],
  role: Role,
  changes: RoleChanges,
): readonly Snippet[] => [
  ...requestCode(zone, calls, [[`iam role update ${shellQuote(role.id)}`, ...flags(changes)]]),
  resource({
    name: role.name,
    description: changes.description ?? role.description ?? '',
    policyText: changes.policyText ?? role.policyText ?? '{}',
  }),
]

export const deleteRoleCode = (zone: string, call: Call, { id, name }: Role): readonly Snippet[] => [
  ...requestCode(zone, [call], [[`iam role delete ${shellQuote(id)}`, UNASKED]]),
  terraformDestroy(RESOURCE, name),
]
