package syncing

import (
	"errors"
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"darkroom/ui/explorer/overlay"
	"darkroom/ui/explorer/view"
)

// Asking asks on the screen for what a sync ended for, and starts it again with the answer.
type Asking struct {
	Host  *view.Host
	Had   Options // of the sync that ended
	Start func(Options) tea.Cmd
}

// Missing asks for what an error says is missing; nil when that is nothing to ask.
func (k Asking) Missing(err error) func() tea.Cmd {
	var trust *TrustNeeded
	var secret *SecretNeeded
	switch {
	case errors.As(err, &trust):
		return func() tea.Cmd { return k.trust(*trust) }
	case errors.As(err, &secret):
		return func() tea.Cmd { return k.secret(*secret) }
	}
	return nil
}

// trust asks whether one server may receive secrets. It takes a word, not a key: the
// question comes when another key may be on its way.
func (k Asking) trust(need TrustNeeded) tea.Cmd {
	help := need.Site + ": darkroom.yml wants your secrets to go to " + need.Server + ", which you have not confirmed on this computer"
	if need.Known {
		help += " under these terms"
	}
	help += strings.Join(append([]string{""}, need.Terms...), ". ") + ". Type yes to confirm it; any other answer leaves the site out."
	k.Host.Push(overlay.NewPrompt(k.Host, overlay.Prompt{Title: "May this server receive your secrets?", Help: help, Done: func(typed string) tea.Cmd {
		opt := k.Had
		opt.Trust = append(slices.Clone(opt.Trust), Trust{need.About, strings.EqualFold(strings.TrimSpace(typed), "yes")})
		return k.Start(opt)
	}}, ""))
	return nil
}

// secret asks for one site's name and secret.
func (k Asking) secret(need SecretNeeded) tea.Cmd {
	name, secret, where := "Name of the personal access token", "Token secret", "kept in memory until you quit; darkroom init keeps it in the keyring"
	if need.User {
		name, secret = "User name", "Password"
	}
	prompt := func(title string, secret bool, done func(string) tea.Cmd) tea.Cmd {
		k.Host.Push(overlay.NewPrompt(k.Host, overlay.Prompt{Title: title, Help: need.Site + " (" + need.Server + "): " + where, Secret: secret, Done: done}, ""))
		return nil
	}
	then := func(known, typed string) tea.Cmd {
		if (known == "" || typed == "") && k.Host.Servers < 2 {
			return k.Host.Say("nothing was entered; not synced")
		}
		opt := k.Had // with nothing for this site the others go on without it
		opt.Secrets = append(slices.Clone(opt.Secrets), Secret{need.Site, need.Server, known, typed})
		return k.Start(opt)
	}
	askSecret := func(known string) tea.Cmd {
		return prompt(secret, true, func(typed string) tea.Cmd { return then(known, typed) })
	}
	if need.Name != "" {
		return askSecret(need.Name)
	}
	return prompt(name, false, askSecret)
}
