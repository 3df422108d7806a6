{{- /* The settings of the gateway's image (deploy/images/README.md): each name is asked for all its copies. */ -}}
{{- define "reporting.gatewayEnvironment" -}}
{{- $upstreams := dict "keycloak" "keycloak:8443" "static" "portal:8080" -}}
{{- range include "reporting.services" . | fromJsonArray }}{{ $_ := set $upstreams . (printf "%s-copies:8080:8082" .) }}{{ end -}}
- { name: REPORTING_STACK, value: {{ .Release.Namespace | quote }} }
- { name: REPORTING_PORTAL_URL, value: {{ .Values.publicUrl | quote }} }
- { name: REPORTING_UPSTREAMS, value: {{ $upstreams | toJson | quote }} }
{{- with .Values.otlpEndpoint }}
- { name: REPORTING_OTLP_ENDPOINT, value: {{ . | quote }} }
{{- end }}
{{- with .Values.gateway.administration }}{{ if .fromCidrs }}
- { name: REPORTING_ADMINISTRATION_URL, value: {{ .url | quote }} }
- { name: REPORTING_ADMINISTRATION_ADDRESSES, value: {{ join "," .fromCidrs | quote }} }
{{- end }}{{ end }}
- { name: REPORTING_FIGURES, value: 0.0.0.0:9901 }
{{ include "reporting.innerTls" . }}
- { name: REPORTING_PORTAL_SECRET_FILE, value: /etc/reporting/gateway/portal-secret }
- { name: REPORTING_SESSION_KEY_FILE, value: /etc/reporting/gateway/session-key }
- { name: REPORTING_DRAIN_SECONDS, value: {{ .Values.termination.drainSeconds | quote }} }
{{- if .Values.gateway.tlsSecret }}
- { name: REPORTING_PUBLIC_CERTIFICATE_FILE, value: /etc/reporting/tls/tls.crt }
- { name: REPORTING_PUBLIC_KEY_FILE, value: /etc/reporting/tls/tls.key }
{{- end }}
{{- end -}}
