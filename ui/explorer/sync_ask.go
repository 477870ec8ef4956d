package explorer

import (
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
)

// missing asks for what a sync ended for; nil when that was nothing to ask.
func (a *App) missing(err error) func() tea.Cmd {
	var trust *TrustNeeded
	var secret *SecretNeeded
	switch {
	case errors.As(err, &trust):
		return func() tea.Cmd { return a.askTrust(*trust) }
	case errors.As(err, &secret):
		return func() tea.Cmd { return a.askSecret(*secret) }
	}
	return nil
}

// askTrust asks whether one server may receive secrets and starts again with the answer.
// It takes a word, not a key: the question comes when another key may be on its way.
func (a *App) askTrust(need TrustNeeded) tea.Cmd {
	help := need.Site + ": darkroom.yml wants your secrets to go to " + need.Server + ", which you have not confirmed on this computer"
	if need.Known {
		help += " under these terms"
	}
	help += strings.Join(append([]string{""}, need.Terms...), ". ") + ". Type yes to confirm it; any other answer leaves the site out."
	a.host.Push(overlay.NewPrompt(a.host, overlay.Prompt{Title: "May this server receive your secrets?", Help: help, Done: func(typed string) tea.Cmd {
		opt := a.sync.opt
		opt.Trust = append(slices.Clone(opt.Trust), Trust{need.About, strings.EqualFold(strings.TrimSpace(typed), "yes")})
		return a.syncWith(opt)
	}}, ""))
	return nil
}

// askSecret asks for one site's name and secret and starts again with them.
func (a *App) askSecret(need SecretNeeded) tea.Cmd {
	name, secret, where := "Name of the personal access token", "Token secret", "kept in memory until you quit; darkroom init keeps it in the keyring"
	if need.User {
		name, secret = "User name", "Password"
	}
	prompt := func(title string, secret bool, done func(string) tea.Cmd) tea.Cmd {
		a.host.Push(overlay.NewPrompt(a.host, overlay.Prompt{Title: title, Help: need.Site + " (" + need.Server + "): " + where, Secret: secret, Done: done}, ""))
		return nil
	}
	then := func(known, typed string) tea.Cmd {
		if (known == "" || typed == "") && a.host.Servers < 2 {
			return a.say("nothing was entered; not synced")
		}
		opt := a.sync.opt // with nothing for this site the others go on without it
		opt.Secrets = append(slices.Clone(opt.Secrets), Secret{need.Site, need.Server, known, typed})
		return a.syncWith(opt)
	}
	askSecret := func(known string) tea.Cmd {
		return prompt(secret, true, func(typed string) tea.Cmd { return then(known, typed) })
	}
	if need.Name != "" {
		return askSecret(need.Name)
	}
	return prompt(name, false, askSecret)
}
