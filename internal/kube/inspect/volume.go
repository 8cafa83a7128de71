package inspect

import (
	"reflect"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/utils/ptr"
)

// volumes are the pod's, each by its kind and what kubectl tells of that kind.
func (p *page) volumes(all []corev1.Volume) {
	if len(all) == 0 {
		p.line(0, "Volumes:", none)
		return
	}
	p.line(0, "Volumes:")
	for _, v := range all {
		p.line(1, v.Name+":")
		switch {
		case v.Projected != nil:
			p.projected(v.Projected)
		case v.DownwardAPI != nil:
			p.downward(v.DownwardAPI.Items)
		case v.Ephemeral != nil:
			p.ephemeral(v.Ephemeral.VolumeClaimTemplate)
		case v.CSI != nil:
			p.csi(v.CSI)
		default:
			p.plainVolume(&v.VolumeSource)
		}
	}
}

// plainVolume has a few fields.
func (p *page) plainVolume(v *corev1.VolumeSource) {
	switch {
	case v.ConfigMap != nil:
		p.fields(2, field{"Type", "ConfigMap (a volume populated by a ConfigMap)"},
			field{"Name", v.ConfigMap.Name}, field{"Optional", ptr.Deref(v.ConfigMap.Optional, false)})
	case v.Secret != nil:
		p.fields(2, field{"Type", "Secret (a volume populated by a Secret)"},
			field{"SecretName", v.Secret.SecretName}, field{"Optional", ptr.Deref(v.Secret.Optional, false)})
	case v.EmptyDir != nil:
		limit := "<unset>"
		if size := v.EmptyDir.SizeLimit; size != nil && size.Sign() > 0 {
			limit = size.String()
		}
		p.fields(2, field{"Type", "EmptyDir (a temporary directory that shares a pod's lifetime)"},
			field{"Medium", v.EmptyDir.Medium}, field{"SizeLimit", limit})
	case v.HostPath != nil:
		p.fields(2, field{"Type", "HostPath (bare host directory volume)"},
			field{"Path", v.HostPath.Path}, field{"HostPathType", ptr.Deref(v.HostPath.Type, none)})
	case v.PersistentVolumeClaim != nil:
		c := v.PersistentVolumeClaim
		p.fields(2, field{"Type", "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)"},
			field{"ClaimName", c.ClaimName}, field{"ReadOnly", c.ReadOnly})
	case v.NFS != nil:
		p.fields(2, field{"Type", "NFS (an NFS mount that lasts the lifetime of a pod)"},
			field{"Server", v.NFS.Server}, field{"Path", v.NFS.Path}, field{"ReadOnly", v.NFS.ReadOnly})
	case v.Image != nil:
		p.fields(2, field{"Type", "Image (a container image or OCI artifact)"},
			field{"Reference", v.Image.Reference}, field{"PullPolicy", v.Image.PullPolicy})
	default:
		p.otherVolume(v)
	}
}

// otherVolume is of a kind that no chain has: a vendor's disk, mostly. Its fields are in the YAML.
func (p *page) otherVolume(v *corev1.VolumeSource) {
	kinds := reflect.ValueOf(v).Elem()
	for i := range kinds.NumField() {
		if !kinds.Field(i).IsNil() {
			p.fields(2, field{"Type", kinds.Type().Field(i).Name + " (see the YAML)"})
			return
		}
	}
	p.line(1, "<unknown>") // newer than this program
}
