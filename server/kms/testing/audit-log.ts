/** SQL of a table of all entries of the audit log, whether or not they have been moved to the table `audit`. */
export const AUDIT_LOG = `(SELECT sequence, action, resource, status, entry FROM audit
  UNION ALL SELECT first + one.key, one.value ->> '$[0][3]', one.value ->> '$[0][5]', one.value ->> '$[0][8]',
    one.value -> '$[1]' FROM audit_commits, json_each(entries) AS one)`
