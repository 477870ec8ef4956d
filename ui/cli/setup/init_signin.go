package setup

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"strings"

	"darkroom/sources/project/config"
	"darkroom/sources/project/syncjob"
	"darkroom/sources/secrets"
	"darkroom/sources/tableau/api"
	"darkroom/sources/trust"
	"darkroom/ui/cli/app"
	"darkroom/ui/cli/syncprint"
	"darkroom/ui/cli/terminal"
)

// initTrust confirms the server whose address you gave to init. Only http to another
// computer needs one more word. Forget takes the word back that the address alone gave:
// one with a slip of the pen is another server's.
func initTrust(ctx context.Context, a *app.App, root string, site config.Site) (server trust.Confirmed, forget func(), err error) {
	conf, forget := &config.Config{Root: root}, func() {}
	gate := a.Trust(true)
	ask := gate.Ask
	gate.Ask = func(ctx context.Context, u *syncjob.Unconfirmed) (bool, error) {
		switch {
		case !u.Server.Plain():
			if !u.Known {
				forget = func() { forgetServer(gate, u.Server.Address) }
			}
			return true, nil
		case ask == nil:
			return false, nil
		}
		return ask(ctx, u)
	}
	server, err = gate.Server(ctx, conf, site)
	if stop := syncjob.StoppedBy(err); stop != nil {
		return server, forget, stop
	}
	if err != nil {
		return server, forget, app.WithCode(app.ExitUsage, err)
	}
	return server, forget, nil
}

func forgetServer(gate syncjob.Trust, address string) {
	book, err := trust.Open()
	if err == nil {
		_, err = book.Forget(address)
	}
	if err != nil {
		gate.Warn(err)
	}
}

// initSignIn tries the secrets out. Those that were typed and the server does
// not accept can be typed again, twice.
func initSignIn(ctx context.Context, a *app.App, site config.Site, conn *api.Config, board *syncprint.Board) (*api.Client, error) {
	for try := 1; ; try++ {
		var err error
		if conn.Credentials, err = a.Secrets(true).For(ctx, site, conn.Server); err != nil {
			return nil, notSignedIn(err)
		}
		client, err := api.New(*conn)
		if err != nil {
			return nil, err
		}
		info, err := client.Info(ctx)
		if err == nil {
			board.Show(syncjob.SignedInEvent(site.Name, info, client.Warnings()))
			return client, nil
		}
		_, _, typed := a.Secret(site, conn.Server)
		if _, ok := terminal.Input(a.In); !ok || typed == nil || !api.SignInRefused(err) || try == 3 {
			return nil, certificateFix(err)
		}
		board.Line(site.Name, err.Error())
	}
}

// notSignedIn makes missing secrets an error of usage.
func notSignedIn(err error) error {
	if errors.Is(err, terminal.ErrStopped) {
		return err
	}
	return app.WithCode(app.ExitUsage, err)
}

// certificateFix says what init can do about a certificate: there is no darkroom.yml yet.
func certificateFix(err error) error {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return fmt.Errorf("%w; for init: --ca-file FILE", err)
	}
	return err
}

// offerKeyring is for secrets that were just typed; what it gives says
// what to set when they are not kept.
func offerKeyring(ctx context.Context, a *app.App, site config.Site, conn api.Config) (missing, err error) {
	answer, err := ask(ctx, a, "Keep it in the keyring of this computer, so that nothing asks again? [y/N] ")
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(strings.ToLower(answer), "y") {
		if err := (secrets.Finder{Keyring: secrets.OS{}}).Keep(syncjob.SecretsOf(site, conn.Server), conn.Credentials); err != nil {
			fmt.Fprintln(a.Err, "darkroom: "+err.Error())
		}
	}
	_, _, missing = a.Secret(site, conn.Server)
	return missing, nil
}
