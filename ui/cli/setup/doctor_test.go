package setup

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
	"darkroom/sources/trust/trusttest"
	"darkroom/ui/cli/app"
)

// doctor reaches a site as sync does.
func TestDoctorConnectsAsSyncDoes(t *testing.T) {
	conf, err := config.Parse("", t.TempDir(), []byte("sites:\n"+
		"  - {name: own, server: \"https://a.example/\", site: acme, auth: jwt, redirect_hosts: [pod.example, b.example]}\n"+
		"  - {name: any, server: \"https://b.example\", insecure_skip_verify: true}\n"))
	if err != nil {
		t.Fatal(err)
	}
	trusttest.Home(t, trust.Want{Server: conf.Sites[0].Server, RedirectHosts: conf.Sites[0].RedirectHosts},
		trust.Want{Server: conf.Sites[1].Server, InsecureSkipVerify: true})
	for _, s := range conf.Sites {
		target, err := checkTarget(t.Context(), &app.App{}, conf, s)
		if err != nil || target.Refused != nil {
			t.Fatal(err, target.Refused)
		}
		server, err := (&app.App{}).Trust(false).Server(t.Context(), conf, s)
		if err != nil {
			t.Fatal(err)
		}
		want := syncjob.New(conf, s, server, api.Credentials{}, syncjob.Options{}).API
		got := target.API
		got.Credentials, got.WaitMax, got.Timeout = api.Credentials{}, 0, 0
		if d := cmp.Diff(fmt.Sprintf("%+v", want), fmt.Sprintf("%+v", got)); d != "" {
			t.Error(d)
		}
	}
}
