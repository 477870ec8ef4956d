package dbttest

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"testing"
)

// loadYAML reads texts as JSON and prints what either of PyYAML's safe loaders refuses.
const loadYAML = `
import base64, json, sys, yaml
loaders = [yaml.SafeLoader] + ([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])
out = []
for text in json.load(sys.stdin):
    failed = ""
    for loader in loaders:
        try:
            yaml.load(base64.b64decode(text or "").decode("utf-8"), loader)
        except Exception as e:
            failed = loader.__name__ + ": " + type(e).__name__ + ": " + " ".join(str(e).split())
    out.append(failed)
json.dump(out, sys.stdout)
`

// PyYAML loads texts with the reader that dbt has, and returns for each why it is
// refused, "" when it is not. Without python3 and its yaml the test is skipped.
func PyYAML(t testing.TB, texts [][]byte) []string {
	t.Helper()
	if out, err := exec.Command("python3", "-c", "import yaml").CombinedOutput(); err != nil {
		t.Skipf("real PyYAML is not checked: python3 -c 'import yaml' says %v %s", err, out)
	}
	in, err := json.Marshal(texts)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("python3", "-c", loadYAML)
	cmd.Stdin = bytes.NewReader(in)
	out, err := cmd.Output()
	var refused []string
	if err == nil {
		err = json.Unmarshal(out, &refused)
	}
	if err != nil || len(refused) != len(texts) {
		t.Fatalf("PyYAML: %v, %d answers for %d texts", err, len(refused), len(texts))
	}
	return refused
}
