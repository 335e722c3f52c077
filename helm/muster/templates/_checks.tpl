{{/* What is missing or does not go together, all of it at once. */}}
{{- define "muster.checks" -}}
{{- $v := .Values -}}
{{- $wrong := list -}}
{{- if $v.postgresql.enabled -}}
  {{- if not $v.postgresql.existingSecret -}}
    {{- $wrong = append $wrong "postgresql.existingSecret is not set: make a Secret with passwords of your own as superuser-password, owner-password and app-password, and name it" -}}
  {{- end -}}
  {{- if $v.database.url -}}
    {{- $wrong = append $wrong "database.url and postgresql.enabled are both set: take one of them" -}}
  {{- end -}}
  {{- if eq $v.migration.mode "job" -}}
    {{- $wrong = append $wrong "migration.mode job runs before the PostgreSQL of postgresql.enabled is there: leave it at init" -}}
  {{- end -}}
{{- else -}}
  {{- if not $v.database.url -}}
    {{- $wrong = append $wrong "database.url is not set: say which PostgreSQL to use, such as jdbc:postgresql://db.example:5432/muster, or for a trial set postgresql.enabled=true" -}}
  {{- else if not (hasPrefix "jdbc:postgresql:" $v.database.url) -}}
    {{- $wrong = append $wrong "database.url must begin with jdbc:postgresql:" -}}
  {{- else if regexMatch "[?&](user|password)=|//[^/]*@" $v.database.url -}}
    {{- $wrong = append $wrong "database.url has a user or a password in it: put them into the Secret of database.app.existingSecret" -}}
  {{- end -}}
  {{- if not $v.database.app.existingSecret -}}
    {{- $wrong = append $wrong "database.app.existingSecret is not set: name the Secret with the role that Muster works as" -}}
  {{- end -}}
{{- end -}}
{{- if not $v.mesos.masters -}}
  {{- $wrong = append $wrong "mesos.masters is empty: name the Mesos masters, such as http://m1.example:5050" -}}
{{- end -}}
{{- if eq $v.security.mode "" -}}
  {{- $wrong = append $wrong "security.mode is not set: basic (with security.users.existingSecret), jwt (with security.jwt.issuer), or none, which lets everybody in" -}}
{{- else if and (eq $v.security.mode "basic") (not $v.security.users.existingSecret) -}}
  {{- $wrong = append $wrong "security.users.existingSecret is not set: with security.mode basic, name the Secret with the file of users" -}}
{{- else if and (eq $v.security.mode "jwt") (not $v.security.jwt.issuer) -}}
  {{- $wrong = append $wrong "security.jwt.issuer is not set: with security.mode jwt, say whose tokens are good" -}}
{{- else if and (eq $v.security.mode "none") $v.ingress.enabled -}}
  {{- $wrong = append $wrong "ingress.enabled with security.mode none would let everybody outside run anything on the agents: choose another mode" -}}
{{- end -}}
{{- if and $v.mesos.credentials.existingSecret (eq $v.mesos.credentials.kind "secret") (not $v.mesos.principal) -}}
  {{- $wrong = append $wrong "mesos.principal is not set: say whose secret mesos.credentials.existingSecret holds" -}}
{{- end -}}
{{- if and $v.ingress.enabled (not $v.ingress.hosts) -}}
  {{- $wrong = append $wrong "ingress.hosts is empty" -}}
{{- end -}}
{{- if and $v.tls.management (not $v.tls.existingSecret) -}}
  {{- $wrong = append $wrong "tls.management needs tls.existingSecret" -}}
{{- end -}}
{{- if eq (int $v.ports.api) (int $v.ports.management) -}}
  {{- $wrong = append $wrong "ports.api and ports.management must differ: metrics are not for those who use the API" -}}
{{- end -}}
{{- if le (int $v.terminationGracePeriodSeconds) (add (int $v.preStopSeconds) 45) -}}
  {{- $wrong = append $wrong (printf "terminationGracePeriodSeconds must be more than preStopSeconds and 45 s, which handing over may take: %d is too short" (int $v.terminationGracePeriodSeconds)) -}}
{{- end -}}
{{- if $wrong -}}
{{- fail (printf "\n\nMuster cannot be installed like this:\n  - %s\n" (join "\n  - " $wrong)) -}}
{{- end -}}
{{- end -}}
