package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"flowbench/auth"
)

func TestKeyFiles_AreWrittenForTheirOwnerOnce(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	robot := w.tenant("ORG_OWNER").user
	out := filepath.Join(t.TempDir(), "robot.json")

	var key newKey
	w.json(&key, "key", "create", "--user", robot, "--out", out, "--expires", "90d")
	if len(key.KeyID) != 18 || key.File != out {
		t.Errorf("key create: %+v", key)
	}
	info, err := os.Stat(out)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("file mode %v, %v", info, err)
	}
	data, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	var file auth.KeyFile
	if err := json.Unmarshal(data, &file); err != nil || file.Type != "serviceaccount" || file.KeyID != key.KeyID || file.UserID != robot || file.Key == "" {
		t.Errorf("key file %s, %v", data, err)
	}
	if a := w.run("key", "create", "--user", robot, "--out", out); a.code != exitFailed || !strings.Contains(a.err, "exists already") {
		t.Errorf("second file: %+v", a)
	}
	gone := filepath.Join(t.TempDir(), "nobody.json")
	if a := w.run("key", "create", "--user", "7", "--out", gone); a.code != exitFailed || !strings.Contains(a.err, "does not exist") {
		t.Errorf("unknown user: %+v", a)
	}
	if _, err := os.Stat(gone); err == nil {
		t.Error("a file is left behind without a key")
	}
	w.json(&map[string]string{}, "key", "revoke", "--id", key.KeyID)
	var keys []keyAnswer
	w.json(&keys, "key", "list", "--user", robot)
	if len(keys) != 1 || keys[0].KeyID != key.KeyID || keys[0].Revoked == nil {
		t.Errorf("key list: %+v", keys)
	}
	var secret newSecret
	w.json(&secret, "secret", "create", "--user", robot)
	if secret.ClientID != "robot ORG_OWNER" || len(secret.ClientSecret) < 40 {
		t.Errorf("secret create: %+v", secret)
	}
	w.json(&map[string]string{}, "secret", "remove", "--user", robot)
}

func TestClients_AreRegisteredByCommand(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	org := w.tenant("ORG_OWNER").org
	var public, confidential newClient
	w.json(&public, "client", "create", "--org", org, "--name", "Deployer", "--redirect-uri", "http://127.0.0.1/back")
	w.json(&confidential, "client", "create", "--org", org, "--name", "Portal", "--redirect-uri", "https://portal.example/a",
		"--redirect-uri", "https://portal.example/b", "--confidential")
	if public.ClientID == "" || public.ClientSecret != "" || confidential.ClientSecret == "" {
		t.Errorf("%+v, %+v", public, confidential)
	}
	w.json(&map[string]string{}, "client", "delete", "--id", public.ClientID)
	var list []clientAnswer
	w.json(&list, "client", "list", "--org", org)
	if len(list) != 1 || list[0].ClientID != confidential.ClientID || list[0].Public || len(list[0].RedirectURIs) != 2 {
		t.Errorf("%+v", list)
	}
	if a := w.run("client", "create", "--org", org, "--name", "x", "--redirect-uri", "javascript:x"); a.code != exitUsage {
		t.Errorf("%+v", a)
	}
}

func TestKeyRotate_MakesTheSecretKeyFileForItsOwner(t *testing.T) {
	t.Parallel()
	w := newWorkplace(t)
	var answer map[string]string
	w.json(&answer, "key", "rotate")
	info, err := os.Stat(filepath.Join(w.dir, "flowbench.db.key"))
	if answer["oldKeysEnd"] == "" || err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v, %v", answer, info, err)
	}
	w.env = append(w.env, "FLOWBENCH_SECRET_KEY="+strings.Repeat("x", 32))
	if a := w.run("serve", "--listen", "127.0.0.1:0"); a.code != exitFailed || !strings.Contains(a.err, "secret key is not the one") {
		t.Errorf("another secret key: %+v", a)
	}
}
