//go:build e2e

package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	clientauth "k8s.io/client-go/pkg/apis/clientauthentication/v1"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/chaintui/chaintui/internal/kube/kubetest"
)

// asking is a credential plugin that hands out a user's certificate for a password typed on the terminal.
const asking = `#!/bin/sh
echo once >>"$CREDENTIAL.asked"
printf 'Password %s: ' "$(wc -l <"$CREDENTIAL.asked")" >&2
stty -echo; read -r word; stty echo
[ "$word" = sesame ] || { echo "that is not it" >&2; exit 1; }
exec cat "$CREDENTIAL"
`

// A credential plugin that has to ask gets the terminal when the user wants it to, and what it hands out opens the
// cluster; a wrong answer, and that the terminal is the dashboard's again, are seen.
func TestACredentialPluginAsks(t *testing.T) {
	config, err := clientcmd.LoadFromFile(kubetest.Need(t, "CHAINTUI_E2E_KUBECONFIG"))
	if err != nil {
		t.Fatal(err)
	}
	user := config.Contexts[config.CurrentContext].AuthInfo
	certificate := config.AuthInfos[user]
	if len(certificate.ClientCertificateData) == 0 {
		t.Skip("the kubeconfig's user has no certificate in it that a plugin could hand out")
	}
	credential, err := json.Marshal(clientauth.ExecCredential{
		TypeMeta: metav1.TypeMeta{APIVersion: clientauth.SchemeGroupVersion.String(), Kind: "ExecCredential"},
		Status: &clientauth.ExecCredentialStatus{
			ClientCertificateData: string(certificate.ClientCertificateData), ClientKeyData: string(certificate.ClientKeyData),
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	file := func(name string, text []byte, mode os.FileMode) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, text, mode); err != nil {
			t.Fatal(err)
		}
		return path
	}
	config.AuthInfos[user] = &clientcmdapi.AuthInfo{Exec: &clientcmdapi.ExecConfig{
		APIVersion: clientauth.SchemeGroupVersion.String(), Command: file("plugin", []byte(asking), 0o700),
		Env:             []clientcmdapi.ExecEnvVar{{Name: "CREDENTIAL", Value: file("credential", credential, 0o600)}},
		InteractiveMode: clientcmdapi.AlwaysExecInteractiveMode,
	}}
	text, err := clientcmd.Write(*config)
	if err != nil {
		t.Fatal(err)
	}
	p := sitDown(t, []string{"KUBECONFIG=" + file("config", text, 0o600)}, "chaintui", "-n", "default")
	p.sees("I  —  log in here").types("I").sees("Password 1: ").types("open\r").sees("that is not it")
	p.sees("Enter goes back to the dashboard").types("\r").sees("I  —  log in here")
	p.types("I").sees("Password 2: ").types("sesame\r").sees("● live").types("2").sees("no pods in namespace").types("q").ends()
}
