package inspect

import (
	"strings"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

// projected is made of several sources.
func (p *page) projected(v *corev1.ProjectedVolumeSource) {
	p.fields(2, field{"Type", "Projected (a volume that contains injected data from multiple sources)"})
	for _, s := range v.Sources {
		switch {
		case s.Secret != nil:
			p.fields(2, field{"SecretName", s.Secret.Name}, field{"Optional", ptr.Deref(s.Secret.Optional, false)})
		case s.DownwardAPI != nil:
			p.fields(2, field{"DownwardAPI", true})
		case s.ConfigMap != nil:
			p.fields(2, field{"ConfigMapName", s.ConfigMap.Name}, field{"Optional", ptr.Deref(s.ConfigMap.Optional, false)})
		case s.ServiceAccountToken != nil:
			p.fields(2, field{"TokenExpirationSeconds", ptr.Deref(s.ServiceAccountToken.ExpirationSeconds, 0)})
		}
	}
}

// downward has fields of the pod as files.
func (p *page) downward(items []corev1.DownwardAPIVolumeFile) {
	p.fields(2, field{"Type", "DownwardAPI (a volume populated by information about the pod)"})
	p.line(2, "Items:")
	for _, item := range items {
		if item.FieldRef != nil {
			p.line(3, item.FieldRef.FieldPath+" -> "+item.Path)
		}
		if item.ResourceFieldRef != nil {
			p.line(3, item.ResourceFieldRef.Resource+" -> "+item.Path)
		}
	}
}

// csi is by a storage driver; service meshes hand out identities so.
func (p *page) csi(v *corev1.CSIVolumeSource) {
	p.fields(2, field{"Type", "CSI (a Container Storage Interface (CSI) volume source)"}, field{"Driver", v.Driver},
		field{"FSType", ptr.Deref(v.FSType, "")}, field{"ReadOnly", ptr.Deref(v.ReadOnly, false)})
	var values []string
	for _, attribute := range labels(v.VolumeAttributes) {
		values = append(values, inner+shortened(attribute, width))
	}
	p.list(2, "VolumeAttributes", values)
}

// inner stands before what kubectl lists within a volume: it indents each piece of a line, not the line.
const inner = "    "

// ephemeral is claimed when the pod is created, and goes with it.
func (p *page) ephemeral(claim *corev1.PersistentVolumeClaimTemplate) {
	p.fields(2, field{"Type", "EphemeralVolume (an inline specification for a volume that gets created and deleted with the pod)"})
	if claim == nil {
		return
	}
	class, ok := claim.Annotations[corev1.BetaStorageClassAnnotation]
	if !ok {
		class = ptr.Deref(claim.Spec.StorageClassName, "")
	}
	p.fields(2, field{"StorageClass", class}, field{"Volume", claim.Spec.VolumeName})
	p.innerList("Labels", labels(claim.Labels))
	p.innerList("Annotations", annotations(claim.Annotations))
	capacity := ""
	if claim.Spec.VolumeName != "" { // nothing is bound yet: there is no more to a template
		capacity = "0"
	}
	p.fields(2, field{"Capacity", capacity}, field{"Access Modes", ""})
	if claim.Spec.VolumeMode != nil {
		p.fields(2, field{"VolumeMode", *claim.Spec.VolumeMode})
	}
	if from := claim.Spec.DataSource; from != nil {
		p.line(2, "DataSource:")
		p.given(3, "APIGroup", ptr.Deref(from.APIGroup, ""))
		p.fields(3, field{"Kind", from.Kind}, field{"Name", from.Name})
	}
}

func (p *page) innerList(title string, values []string) {
	if len(values) == 0 {
		values = []string{none}
	}
	for i, value := range values {
		if !strings.HasPrefix(value, "  ") { // an annotation's further lines are one piece with their indent
			values[i] = inner + value
		}
	}
	p.list(2, title, values)
}
