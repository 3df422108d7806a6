{{- /* What the templates share: names, labels, the guarded pod, what may fail in words. */ -}}

{{- define "reporting.services" -}}
{{- toJson (list "identity" "catalog" "submission" "signing" "notify") -}}
{{- end -}}

{{- define "reporting.selector" -}}
app.kubernetes.io/name: reporting
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{- define "reporting.labels" -}}
{{ include "reporting.lastingLabels" . }}
app.kubernetes.io/version: {{ .root.Values.image.tag | quote }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- /* Of pods that a new version of ours is no reason to restart: sign-in and events go on through an upgrade. */ -}}
{{- define "reporting.lastingLabels" -}}
{{ include "reporting.selector" . }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
app.kubernetes.io/part-of: reporting
{{- end -}}

{{- define "reporting.metadata" -}}
name: {{ .name | default .component }}
namespace: {{ .root.Release.Namespace }}
labels: {{- include "reporting.labels" . | nindent 2 }}
{{- end -}}

{{- define "reporting.image" -}}
{{- $image := .root.Values.image -}}
{{- $digest := get $image.digests .image -}}
{{ $image.registry }}/reporting-{{ .image }}:{{ $image.tag }}{{ with $digest }}@{{ . }}{{ end }}
{{- end -}}

{{- /* Pod Security "restricted", and a root file system nobody writes to. */ -}}
{{- define "reporting.podGuard" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  runAsNonRoot: true
  runAsUser: 10001
  runAsGroup: 10001
  fsGroup: 10001
  fsGroupChangePolicy: OnRootMismatch
  seccompProfile: { type: RuntimeDefault }
{{- with .root.Values.image.pullSecrets }}
imagePullSecrets: {{- range . }}
  - name: {{ . }}
{{- end }}
{{- end }}
{{- with .root.Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end -}}

{{- define "reporting.containerGuard" -}}
imagePullPolicy: {{ .root.Values.image.pullPolicy }}
securityContext:
  allowPrivilegeEscalation: false
  privileged: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end -}}

{{- define "reporting.spread" -}}
topologySpreadConstraints:
  - maxSkew: 1
    topologyKey: kubernetes.io/hostname
    whenUnsatisfiable: {{ .root.Values.topology.whenUnsatisfiable }}
    labelSelector: { matchLabels: { {{- include "reporting.selector" . | replace "\n" ", " -}} } }
    {{- if not .stateful }}
    matchLabelKeys: [pod-template-hash]
    {{- end }}
  - maxSkew: 1
    topologyKey: topology.kubernetes.io/zone
    whenUnsatisfiable: ScheduleAnyway
    labelSelector: { matchLabels: { {{- include "reporting.selector" . | replace "\n" ", " -}} } }
    {{- if not .stateful }}
    matchLabelKeys: [pod-template-hash]
    {{- end }}
{{- end -}}

{{- /* Leaves its Service first, then drains: see values.yaml, termination. */ -}}
{{- define "reporting.goingAway" -}}
lifecycle:
  preStop:
    sleep: { seconds: {{ .root.Values.termination.preStopSeconds }} }
{{- end -}}

{{- define "reporting.rollout" -}}
{{- if not .root.Values.autoscaling.enabled }}
replicas: {{ (get .root.Values.workloads .component).replicas.min }}
{{- end }}
revisionHistoryLimit: 5
progressDeadlineSeconds: 600
strategy:
  type: RollingUpdate
  rollingUpdate: { maxUnavailable: 0, maxSurge: 1 }
{{- end -}}

{{- define "reporting.keycloak" -}}
https://keycloak:8443/auth
{{- end -}}

{{- /* Nothing inside speaks in clear: each part shows a certificate of the installation's own authority (libs/kit, tls.py). */ -}}
{{- define "reporting.innerTls" -}}
- { name: REPORTING_TLS_CERTIFICATE_FILE, value: /etc/reporting/inner-tls/tls.crt }
- { name: REPORTING_TLS_KEY_FILE, value: /etc/reporting/inner-tls/tls.key }
- { name: REPORTING_TLS_AUTHORITY_FILE, value: /etc/reporting/inner-tls/ca.crt }
{{- end -}}
{{- define "reporting.innerTlsMount" -}}
- { name: inner-tls, mountPath: /etc/reporting/inner-tls, readOnly: true }
{{- end -}}
{{- define "reporting.innerTlsVolume" -}}
- { name: inner-tls, secret: { secretName: {{ include "reporting.innerTlsSecret" . }}, defaultMode: 0440 } }
{{- end -}}
{{- define "reporting.innerTlsSecret" -}}
{{ .root.Values.secrets.tlsPrefix }}-{{ .component }}
{{- end -}}

{{- define "reporting.issuer" -}}
{{ .Values.publicUrl }}/auth/realms/reporting
{{- end -}}
