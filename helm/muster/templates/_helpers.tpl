{{- define "muster.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" -}}
{{- end -}}

{{/* The release, with the name of the chart where it does not have it already. Short enough for what is appended. */}}
{{- define "muster.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- $name := include "muster.name" . -}}
{{- if contains $name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{- define "muster.selector" -}}
app.kubernetes.io/name: {{ include "muster.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "muster.labels" -}}
{{ include "muster.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- with .Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "muster.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{- define "muster.serviceAccount" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "muster.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end -}}

{{- define "muster.databaseUrl" -}}
{{- if .Values.postgresql.enabled -}}
jdbc:postgresql://{{ include "muster.fullname" . }}-postgresql:5432/muster
{{- else -}}
{{ .Values.database.url }}
{{- end -}}
{{- end -}}

{{/* In which Secrets the two roles are, and by which keys. The roles of a trial have names that everybody knows. */}}
{{- define "muster.databaseRoles" -}}
{{- $v := .Values -}}
{{- if $v.postgresql.enabled -}}
{{- $secret := $v.postgresql.existingSecret -}}
{{- dict "app" (dict "secret" $secret "password" "app-password") "owner" (dict "secret" $secret "password" "owner-password") | toYaml -}}
{{- else -}}
{{- $app := dict "secret" $v.database.app.existingSecret "username" $v.database.app.usernameKey "password" $v.database.app.passwordKey -}}
{{- $owner := dict "secret" $v.database.owner.existingSecret "username" $v.database.owner.usernameKey "password" $v.database.owner.passwordKey -}}
{{- dict "app" $app "owner" $owner | toYaml -}}
{{- end -}}
{{- end -}}

{{/* Restricted, as the pod security standards have it. */}}
{{- define "muster.podSecurity" -}}
runAsNonRoot: true
runAsUser: {{ .user }}
runAsGroup: {{ .user }}
fsGroup: {{ .user }}
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "muster.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* What every container of our image gets, whether it migrates or serves. */}}
{{- define "muster.environment" -}}
- name: SPRING_PROFILES_ACTIVE
  value: production
- name: SPRING_CONFIG_ADDITIONALLOCATION
  value: file:/etc/muster/config/
- name: POD_NAME
  valueFrom:
    fieldRef: {fieldPath: metadata.name}
- name: POD_IP
  valueFrom:
    fieldRef: {fieldPath: status.podIP}
- name: JDK_JAVA_OPTIONS
  value: {{ concat (list (printf "-XX:MaxRAMPercentage=%v" .Values.jvm.heapPercentage) "-XX:+ExitOnOutOfMemoryError") .Values.jvm.options | join " " | quote }}
{{- end -}}

{{/* The container that migrates: it alone sees the role that owns the schema. */}}
{{- define "muster.migrationContainer" -}}
name: migrate
image: {{ include "muster.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args: [migrate]
env:
  {{- include "muster.environment" . | nindent 2 }}
  # The database may be started at the same time.
  - name: SPRING_FLYWAY_CONNECTRETRIES
    value: "10"
{{- if .Values.postgresql.enabled }}
  - name: SPRING_FLYWAY_USER
    value: muster_owner
{{- end }}
{{- with .Values.extraEnv }}
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.extraEnvFrom }}
envFrom:
  {{- toYaml . | nindent 2 }}
{{- end }}
resources:
  {{- toYaml .Values.migration.resources | nindent 2 }}
securityContext:
  {{- include "muster.containerSecurity" . | nindent 2 }}
volumeMounts:
  - {name: config, mountPath: /etc/muster/config, readOnly: true}
  - {name: migration-roles, mountPath: /run/muster/database, readOnly: true}
  - {name: tmp, mountPath: /tmp}
{{- if .Values.database.ca.existingSecret }}
  - {name: database-ca, mountPath: /etc/muster/database-ca, readOnly: true}
{{- end }}
{{- with .Values.extraVolumeMounts }}
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Names of the files are names of settings: Muster reads the directory as a tree of settings. */}}
{{- define "muster.migrationRolesVolume" -}}
{{- $roles := include "muster.databaseRoles" . | fromYaml -}}
name: migration-roles
projected:
  defaultMode: 0440
  sources:
    - secret:
        name: {{ $roles.app.secret }}
        items:
{{- with $roles.app.username }}
          - {key: {{ . }}, path: spring.datasource.username}
{{- end }}
          - {key: {{ $roles.app.password }}, path: spring.datasource.password}
{{- if $roles.owner.secret }}
    - secret:
        name: {{ $roles.owner.secret }}
        items:
{{- with $roles.owner.username }}
          - {key: {{ . }}, path: spring.flyway.user}
{{- end }}
          - {key: {{ $roles.owner.password }}, path: spring.flyway.password}
{{- end }}
{{- end -}}

{{- define "muster.tmpVolume" -}}
name: tmp
emptyDir:
  sizeLimit: {{ .Values.tmpSize }}
{{- end -}}

{{- define "muster.databaseCaVolume" -}}
name: database-ca
secret:
  secretName: {{ .Values.database.ca.existingSecret }}
  defaultMode: 0440
  items:
    - {key: {{ .Values.database.ca.key }}, path: ca.crt}
{{- end -}}
