{{- /* Where PostgreSQL is and how a role comes in: the same for services, migrations and Keycloak. */ -}}

{{- define "reporting.databaseHost" -}}
{{- if eq .Values.postgresql.mode "operator" -}}postgres-rw{{- else -}}{{ .Values.postgresql.external.host }}{{- end -}}
{{- end -}}

{{- define "reporting.databasePort" -}}
{{- if eq .Values.postgresql.mode "operator" -}}5432{{- else -}}{{ .Values.postgresql.external.port }}{{- end -}}
{{- end -}}

{{- define "reporting.sslMode" -}}
{{- if eq .Values.postgresql.mode "operator" -}}verify-full{{- else -}}{{ .Values.postgresql.external.sslMode }}{{- end -}}
{{- end -}}

{{- /* The Secret with the authority of the server's certificate; empty where none is asked for. */ -}}
{{- define "reporting.databaseCa" -}}
{{- if eq .Values.postgresql.mode "operator" -}}postgres-ca
{{- else if hasPrefix "verify" .Values.postgresql.external.sslMode -}}{{ .Values.postgresql.external.caSecret }}
{{- end -}}
{{- end -}}

{{- define "reporting.databaseSecret" -}}
{{ .root.Values.secrets.databasePrefix }}-{{ .role | replace "_" "-" }}
{{- end -}}

{{- /* A variable with the address, the password put in by the kubelet: passwords are letters, digits, - and _. */ -}}
{{- define "reporting.databaseUrl" -}}
- name: {{ .variable }}_PASSWORD
  valueFrom: { secretKeyRef: { name: {{ include "reporting.databaseSecret" . }}, key: password } }
- name: {{ .variable }}
  value: postgresql+asyncpg://{{ .role }}:$({{ .variable }}_PASSWORD)@{{ include "reporting.databaseHost" .root }}:{{ include "reporting.databasePort" .root }}/{{ .database }}
{{- end -}}

{{- /* How a client looks at the server's certificate: libpq's names, which asyncpg reads as well. */ -}}
{{- define "reporting.databaseTrust" -}}
- { name: PGSSLMODE, value: {{ include "reporting.sslMode" . }} }
{{- if include "reporting.databaseCa" . }}
- { name: PGSSLROOTCERT, value: /etc/reporting/database/ca.crt }
{{- end }}
{{- end -}}
