{{/* The application.yaml of the replicas, without anything secret. */}}
{{- define "muster.settings" -}}
{{- $v := .Values -}}
{{- $server := dict "address" $v.listenAddress "port" (int $v.ports.api) -}}
{{- $management := dict "address" $v.listenAddress "port" (int $v.ports.management) -}}
{{- $spring := dict
      "config" (dict "import" "configtree:/run/muster/database/")
      "datasource" (dict "url" (include "muster.databaseUrl" .) "hikari" (dict "maximum-pool-size" (int $v.database.poolSize))) -}}
{{- if $v.postgresql.enabled -}}
  {{- $_ := set $spring.datasource "username" "muster" -}}
{{- end -}}
{{- if $v.tls.existingSecret -}}
  {{- $_ := set $server "ssl" (dict "bundle" "server") -}}
  {{- if $v.tls.management -}}
    {{- $_ := set $management "ssl" (dict "bundle" "server") -}}
  {{- end -}}
  {{- $bundle := dict "reload-on-update" true "keystore" (dict "certificate" "file:/etc/muster/tls/tls.crt" "private-key" "file:/etc/muster/tls/tls.key") -}}
  {{- $_ := set $spring "ssl" (dict "bundle" (dict "pem" (dict "server" $bundle))) -}}
{{- end -}}
{{- $mesos := dict
      "master" $v.mesos.masters
      "transport" $v.mesos.transport
      "role" $v.mesos.role
      "user" $v.mesos.user
      "framework-name" $v.mesos.frameworkName -}}
{{- with $v.mesos.nativeLibrary -}}
  {{- $_ := set $mesos "native-library" . -}}
{{- end -}}
{{- with $v.mesos.principal -}}
  {{- $_ := set $mesos "principal" . -}}
{{- end -}}
{{- if $v.mesos.credentials.existingSecret -}}
  {{- $_ := set $mesos (printf "%s-file" $v.mesos.credentials.kind) "/etc/muster/mesos/credential" -}}
  {{- if eq $v.mesos.credentials.kind "token" -}}
    {{- $_ := set $mesos "token-form" $v.mesos.credentials.tokenForm -}}
  {{- end -}}
{{- end -}}
{{- if $v.mesos.ca.existingSecret -}}
  {{- $_ := set $mesos "tls" (dict "ca-certificate" "/etc/muster/mesos-ca/ca.crt") -}}
{{- end -}}
{{- $security := dict "mode" $v.security.mode -}}
{{- if eq $v.security.mode "basic" -}}
  {{- $_ := set $security "users-file" (printf "/etc/muster/users/%s" $v.security.users.key) -}}
{{- else if eq $v.security.mode "jwt" -}}
  {{- $jwt := dict "issuer" $v.security.jwt.issuer -}}
  {{- with $v.security.jwt.audience -}}
    {{- $_ := set $jwt "audience" . -}}
  {{- end -}}
  {{- $_ := set $security "jwt" $jwt -}}
{{- end -}}
{{- $muster := dict
      "node-id" "${POD_NAME}"
      "advertised-address" (printf "${POD_IP}:%d" (int $v.ports.api))
      "database" (dict "listen" $v.database.listen "migrate" false)
      "mesos" $mesos
      "security" $security -}}
{{- $settings := dict "spring" $spring "server" $server "management" (dict "server" $management) "muster" $muster -}}
{{- if eq $v.logFormat "ecs" -}}
  {{- $_ := set $settings "logging" (dict "structured" (dict "format" (dict "console" "ecs"))) -}}
{{- end -}}
{{- toYaml (mergeOverwrite $settings (deepCopy $v.config)) -}}
{{- end -}}
