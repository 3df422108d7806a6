{{- /* A name of files/flows.yaml as peers of a network policy. */ -}}
{{- define "reporting.place" -}}
{{- $network := .root.Values.network -}}
{{- if has .name .components -}}
- podSelector: { matchLabels: { {{- include "reporting.selector" (dict "component" .name) | replace "\n" ", " -}} } }
{{- else if eq .name "postgres" -}}
{{- range .root.Values.postgresql.external.cidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq .name "world" -}}
{{- range .root.Values.gateway.fromCidrs | default (list "0.0.0.0/0") }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq .name "administrators" -}}
{{- range .root.Values.gateway.administration.fromCidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq .name "outside" -}}
- ipBlock: { cidr: 0.0.0.0/0, except: {{ toJson $network.clusterCidrs }} }
{{- else if eq .name "api-server" -}}
{{- range $network.apiServer.cidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq .name "backup-store" -}}
{{- range .root.Values.postgresql.operator.backup.cidrs }}
- ipBlock: { cidr: {{ . }} }
{{- end }}
{{- else if eq .name "monitoring" -}}
- namespaceSelector: { matchLabels: {{ toJson $network.monitoring.namespace }} }
{{- else if eq .name "postgres-operator" -}}
- namespaceSelector: { matchLabels: {{ toJson $network.postgresOperator.namespace }} }
{{- else -}}
{{- fail (printf "k8s.unknown_place: files/flows.yaml: không có thành phần hay nơi nào tên %s." .name) -}}
{{- end -}}
{{- end -}}

{{- /* Ports by number, or by the name of a value that holds them. */ -}}
{{- define "reporting.ports" -}}
{{- $named := .named -}}
{{- range .ports -}}
{{- range ternary (list .) (get $named (toString .)) (not (hasKey $named (toString .))) }}
- { port: {{ . }}, protocol: TCP }
{{- end }}
{{- end -}}
{{- end -}}
