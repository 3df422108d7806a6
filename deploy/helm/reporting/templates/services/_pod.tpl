{{- /* What a service finds: environment, mounted files and volumes, for its copies as for its migrations. */ -}}

{{- define "reporting.environment" -}}
{{- $values := .root.Values -}}
{{- $peers := dict -}}
{{- range include "reporting.services" .root | fromJsonArray }}
{{- if ne . $.component }}{{ $_ := set $peers . (printf "dns:///%s-copies:8081" .) }}{{ end }}
{{- end -}}
- { name: REPORTING_STACK, value: {{ .root.Release.Namespace | quote }} }
- { name: REPORTING_HOST, value: 0.0.0.0 }
- { name: REPORTING_HTTP_PORT, value: "8080" }
- { name: REPORTING_GRPC_PORT, value: "8081" }
- { name: REPORTING_METRICS_PORT, value: "8082" }
{{ include "reporting.databaseUrl" (dict "root" .root "variable" "REPORTING_DATABASE_URL" "role" .component "database" .component) }}
- { name: REPORTING_DATABASE_POOL_SIZE, value: {{ $values.postgresql.poolSize | quote }} }
{{ include "reporting.databaseTrust" .root }}
{{ include "reporting.innerTls" . }}
- { name: REPORTING_NATS_URL, value: "nats://nats:4222" }
- { name: REPORTING_NATS_REPLICAS, value: {{ $values.nats.replicas | quote }} }
- { name: REPORTING_NATS_CREDENTIALS, value: /etc/reporting/nats/{{ .component }}.creds }
- { name: REPORTING_ISSUER, value: {{ include "reporting.issuer" .root }} }
- { name: REPORTING_JWKS_URL, value: {{ include "reporting.keycloak" .root }}/realms/reporting/protocol/openid-connect/certs }
- { name: REPORTING_AUDIENCE, value: reporting-api }
- { name: REPORTING_SERVICE_KEY_FILE, value: /etc/reporting/keys/{{ .component }}.jwk.json }
- { name: REPORTING_SERVICE_JWKS_FILE, value: /etc/reporting/keys/services.jwks.json }
- { name: REPORTING_PEERS, value: {{ $peers | toJson | quote }} }
- { name: REPORTING_FILES_DIR, value: /data/files }
- { name: REPORTING_SEAL_DIR, value: /data/seals }
- { name: REPORTING_PROFILES_DIR, value: /app/profiles }
- { name: REPORTING_DRAIN_SECONDS, value: {{ $values.termination.drainSeconds | quote }} }
- { name: REPORTING_LOG_LEVEL, value: {{ $values.logLevel }} }
{{- with $values.otlpEndpoint }}
- { name: REPORTING_OTLP_ENDPOINT, value: {{ . | quote }} }
- { name: REPORTING_TRACED_STATEMENTS_SHARE, value: {{ $values.tracedStatementsShare | quote }} }
{{- end }}
{{- include (printf "reporting.environment.%s" .component) .root }}
{{- end -}}

{{- define "reporting.environment.identity" }}
- { name: REPORTING_KEYCLOAK_URL, value: {{ include "reporting.keycloak" . }} }
- { name: REPORTING_KEYCLOAK_REALM, value: reporting }
- { name: REPORTING_KEYCLOAK_CLIENT_ID, value: identity-admin }
- name: REPORTING_KEYCLOAK_CLIENT_SECRET
  valueFrom: { secretKeyRef: { name: {{ .Values.secrets.login }}, key: identity-admin } }
{{- end -}}
{{- define "reporting.environment.catalog" }}{{ end -}}
{{- define "reporting.environment.submission" }}{{ end -}}
{{- define "reporting.environment.signing" }}
{{- $pkcs11 := .Values.signing.pkcs11 }}
- { name: REPORTING_PKCS11_MODULE, value: {{ $pkcs11.module }} }
- { name: REPORTING_TSA_URL, value: {{ .Values.signing.timestampUrl | quote }} }
- { name: REPORTING_TRUST_FILE, value: /etc/reporting/trust/trust.pem }
- { name: REPORTING_PORTAL_URL, value: {{ .Values.publicUrl }} }
{{- if $pkcs11.softHsmSecret }}
- { name: SOFTHSM2_CONF, value: /etc/reporting/softhsm2.conf }
{{- end }}
{{- with $pkcs11.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end -}}
{{- define "reporting.environment.notify" }}
- { name: REPORTING_SMTP_HOST, value: {{ .Values.mail.host | quote }} }
- { name: REPORTING_SMTP_PORT, value: {{ .Values.mail.port | quote }} }
- { name: REPORTING_SMTP_FROM, value: {{ .Values.mail.from | quote }} }
- { name: REPORTING_SMTP_TLS, value: {{ .Values.mail.tls }} }
{{- if .Values.mail.authority }}
- { name: SSL_CERT_FILE, value: /etc/reporting/mail/ca.crt }
{{- end }}
{{- with .Values.mail.secret }}
{{- range $variable, $key := dict "USER" "username" "PASSWORD" "password" }}
- name: REPORTING_SMTP_{{ $variable }}
  valueFrom: { secretKeyRef: { name: {{ $.Values.mail.secret }}, key: {{ $key }} } }
{{- end }}
{{- end }}
- { name: REPORTING_PORTAL_URL, value: {{ .Values.publicUrl }} }
{{- end -}}

{{- define "reporting.mounts" -}}
- { name: tmp, mountPath: /tmp }
- { name: keys, mountPath: /etc/reporting/keys, readOnly: true }
{{ include "reporting.innerTlsMount" . }}
- { name: nats, mountPath: /etc/reporting/nats, readOnly: true }
- { name: files, mountPath: /data }
{{- if include "reporting.databaseCa" .root }}
- { name: database-ca, mountPath: /etc/reporting/database, readOnly: true }
{{- end }}
{{- if and (eq .component "notify") .root.Values.mail.authority }}
- { name: mail-trust, mountPath: /etc/reporting/mail, readOnly: true }
{{- end }}
{{- if eq .component "signing" }}
- { name: trust, mountPath: /etc/reporting/trust, readOnly: true }
{{- with .root.Values.signing.pkcs11 }}
{{- if .softHsmSecret }}
- { name: tokens, mountPath: /tokens }
{{- end }}
{{- with .extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "reporting.volumes" -}}
{{- $values := .root.Values -}}
- name: tmp
  emptyDir: { sizeLimit: 1Gi }
{{ include "reporting.innerTlsVolume" . }}
- name: keys
  secret:
    secretName: {{ $values.secrets.serviceKeys }}
    defaultMode: 0440
    items:
      - { key: {{ .component }}.jwk.json, path: {{ .component }}.jwk.json }
      - { key: services.jwks.json, path: services.jwks.json }
- name: nats
  secret:
    secretName: {{ $values.secrets.nats }}
    defaultMode: 0440
    items: [{ key: {{ .component }}.creds, path: {{ .component }}.creds }]
- name: files
  {{- if .withoutFiles }}
  emptyDir: { sizeLimit: 100Mi }
  {{- else }}
  persistentVolumeClaim: { claimName: files-{{ .component }} }
  {{- end }}
{{- with include "reporting.databaseCa" .root }}
- name: database-ca
  secret: { secretName: {{ . }}, defaultMode: 0440, items: [{ key: ca.crt, path: ca.crt }] }
{{- end }}
{{- if and (eq .component "notify") $values.mail.authority }}
- name: mail-trust
  configMap: { name: {{ $values.mail.authority }}, items: [{ key: ca.crt, path: ca.crt }] }
{{- end }}
{{- if eq .component "signing" }}
- name: trust
  configMap: { name: {{ $values.signing.trustConfigMap }}, items: [{ key: trust.pem, path: trust.pem }] }
{{- with $values.signing.pkcs11 }}
{{- if .softHsmSecret }}
- name: token-archive
  secret: { secretName: {{ .softHsmSecret }}, defaultMode: 0440, items: [{ key: tokens.tar.gz, path: tokens.tar.gz }] }
- name: tokens
  emptyDir: { medium: Memory, sizeLimit: 64Mi }
{{- end }}
{{- with .extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}
