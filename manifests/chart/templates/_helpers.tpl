{{/* overrides.yaml: the overrides, and those of quotas.overrides in the form of docs/templates.md */}}
{{- define "overrides" -}}
{{- $tools := deepCopy .Values.overrides }}
{{- $counts := dict "jobs" "count/jobs.batch" "cronjobs" "count/cronjobs.batch" "deployments" "count/deployments.apps" }}
{{- range $name, $former := .Values.quotas.overrides }}
  {{- if hasKey $tools $name }}
    {{- fail (printf "tool %s is in overrides and in quotas.overrides: remove it from one of them" $name) }}
  {{- end }}
  {{- $quota := dict }}
  {{- $max := dict }}
  {{- range $key, $amount := $former }}
    {{- if eq $key "cpu" }}
      {{- $_ := merge $quota (dict "requests.cpu" (toString $amount) "limits.cpu" (toString $amount)) }}
    {{- else if eq $key "memory" }}
      {{- $_ := merge $quota (dict "requests.memory" (printf "%vGi" $amount) "limits.memory" (printf "%vGi" $amount)) }}
    {{- else if eq $key "pod_cpu" }}
      {{- $_ := set $max "cpu" (toString $amount) }}
    {{- else if eq $key "pod_memory" }}
      {{- $_ := set $max "memory" (printf "%vGi" $amount) }}
    {{- else if ne $key "version" }}
      {{- $_ := set $quota (get $counts $key | default $key) (toString $amount) }}
    {{- end }}
  {{- end }}
  {{- $tool := dict "owner" "quotas.overrides" "reason" (get $former "version" | default "none given" | toString) }}
  {{- if $quota }}{{- $_ := set $tool "quota" $quota }}{{- end }}
  {{- if $max }}{{- $_ := set $tool "limits" (dict "max" $max) }}{{- end }}
  {{- $_ := set $tools $name $tool }}
{{- end }}
{{- if $tools }}{{ toYaml (dict "tools" $tools) }}{{ end }}
{{- end }}

{{/* config.yaml */}}
{{- define "config" -}}
{{ toYaml (mergeOverwrite (dict "accounts" (dict "project" .Values.project)) (deepCopy .Values.config)) }}
{{- end }}

{{/* The templates by file name, as JSON */}}
{{- define "objectTemplates" -}}
{{- $templates := deepCopy .Values.templates }}
{{- if .Values.podSecurity.enabled }}
  {{- $_ := set $templates "pod-security.yaml" (.Files.Get "components/pod-security/pod-security.yaml") }}
{{- end }}
{{- toJson $templates }}
{{- end }}

{{/* Where homes are on the node, as JSON. "place" is one of .Values.homes */}}
{{- define "homes" -}}
{{- if .place.volume }}{{ toJson (merge (dict "name" .name) .place.volume) }}
{{- else }}{{ toJson (dict "name" .name "hostPath" (dict "path" .place.path "type" "Directory")) }}
{{- end }}
{{- end }}

{{/* Changes the Deployment of manifests/base to what the values say. */}}
{{- define "deployment" -}}
{{- $values := .root.Values }}
{{- $_ := set .object.spec "replicas" $values.replicas }}
{{- $annotations := merge (dict "checksum/config" (include "config" .root | sha256sum)
      "checksum/templates" (include "objectTemplates" .root | sha256sum)) $values.podAnnotations }}
{{- $_ := set .object.spec.template.metadata "annotations" $annotations }}
{{- $pod := .object.spec.template.spec }}
{{- $container := first $pod.containers }}
{{- $_ := set $container "image" (printf "%s:%s" $values.image.repository
      ($values.image.tag | default .root.Chart.AppVersion)) }}
{{- if $values.image.pullPolicy }}{{- $_ := set $container "imagePullPolicy" $values.image.pullPolicy }}{{- end }}
{{- $_ := set $container "resources" $values.resources }}
{{- $_ := set $container "env" (concat $container.env $values.env) }}
{{- $capabilities := $container.securityContext.capabilities }}
{{- $_ := set $capabilities "add" (concat $capabilities.add $values.extraCapabilities) }}
{{- range $mount := $container.volumeMounts }}
  {{- if hasKey $values.homes $mount.name }}
    {{- $_ := set $mount "mountPath" (get $values.homes $mount.name).mountPath }}
  {{- end }}
{{- end }}
{{- if $values.gateway.enabled }}
  {{- $gateway := .root.Files.Get "components/gateway/deployment.yaml" | fromYaml }}
  {{- $more := $gateway.spec.template.spec }}
  {{- $moreContainer := first $more.containers }}
  {{- $_ := set $container "ports" (concat $moreContainer.ports $container.ports) }}
  {{- $_ := set $container "volumeMounts" (concat $moreContainer.volumeMounts $container.volumeMounts) }}
  {{- $_ := set $pod "volumes" (concat $pod.volumes $more.volumes) }}
{{- end }}
{{- $templates := include "objectTemplates" .root | fromJson }}
{{- $volumes := list }}
{{- range $volume := $pod.volumes }}
  {{- if hasKey $values.homes $volume.name }}
    {{- $place := get $values.homes $volume.name }}
    {{- $volume = include "homes" (dict "name" $volume.name "place" $place) | fromJson }}
  {{- else if eq $volume.name "ldap" }}
    {{- $_ := set $volume.secret "secretName" $values.ldap.secretName }}
  {{- else if and (eq $volume.name "config") $templates }}
    {{- $items := list }}
    {{- range $name := keys $templates | sortAlpha }}
      {{- $items = append $items (dict "key" $name "path" (printf "templates/%s" $name)) }}
    {{- end }}
    {{- $volume = dict "name" "config" "projected" (dict "sources" (list
          (dict "configMap" (dict "name" "maintain-kubeusers-config"))
          (dict "configMap" (dict "name" "maintain-kubeusers-templates" "items" $items)))) }}
  {{- end }}
  {{- $volumes = append $volumes $volume }}
{{- end }}
{{- $_ := set $pod "volumes" $volumes }}
{{- $_ := mergeOverwrite $pod (deepCopy $values.podSpec) }}
{{- end }}
