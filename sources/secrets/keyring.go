package secrets

import (
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/zalando/go-keyring"

	"darkroom/sources/tableau/api"
)

// Service is darkroom's name in the keyring.
const Service = "darkroom"

// Keyring is what darkroom uses of the operating system's keyring.
type Keyring interface {
	Get(service, account string) (string, error)
	Set(service, account, secret string) error
	Delete(service, account string) error
}

// OS is the real keyring. Its calls fail where there is none.
type OS struct{}

// Get implements Keyring.
func (OS) Get(service, account string) (string, error) { return keyring.Get(service, account) }

// Set implements Keyring.
func (OS) Set(service, account, secret string) error { return keyring.Set(service, account, secret) }

// Delete implements Keyring.
func (OS) Delete(service, account string) error { return keyring.Delete(service, account) }

// account is a site's name in the keyring. It has the scheme, so that what was kept for
// https is not found for http.
func (s Site) account() string {
	return strings.TrimSuffix(s.Server.Address()+"/"+s.ContentURL, "/")
}

// earlierAccount is the name that earlier versions used, without the scheme.
func (s Site) earlierAccount() string {
	_, account, _ := strings.Cut(s.account(), "://")
	return account
}

// read reads an entry. One of an earlier version is moved to its new name: it belongs to
// the server that you confirmed first.
func (f Finder) read(s Site) string {
	text, err := f.Keyring.Get(Service, s.account())
	if err == nil {
		return text
	}
	if text, err = f.Keyring.Get(Service, s.earlierAccount()); err != nil {
		return ""
	}
	if f.Keyring.Set(Service, s.account(), text) == nil {
		_ = f.Keyring.Delete(Service, s.earlierAccount()) // found again next time, and then under its new name first
	}
	return text
}

// fromKeyring reads the keyring; a keyring that hangs counts as empty.
func (f Finder) fromKeyring(s Site) (api.Credentials, bool) {
	if f.Keyring == nil || !s.Server.Any() {
		return api.Credentials{}, false
	}
	text := make(chan string, 1)
	go func() { text <- f.read(s) }()
	wait := f.Wait
	if wait <= 0 {
		wait = 30 * time.Second
	}
	timer := time.NewTimer(wait)
	defer timer.Stop()
	var c api.Credentials
	select {
	case v := <-text:
		return c, json.Unmarshal([]byte(v), &c) == nil
	case <-timer.C:
		return c, false
	}
}

// Keep puts credentials into the keyring.
func (f Finder) Keep(s Site, c api.Credentials) error {
	if f.Keyring == nil || !s.Server.Any() {
		return errors.New("there is no keyring, or no server that was confirmed")
	}
	text, err := json.Marshal(c)
	if err != nil {
		return err
	}
	if err := f.Keyring.Set(Service, s.account(), string(text)); err != nil {
		return errors.New("the keyring of this computer cannot be used; set the environment instead")
	}
	return nil
}
