package redact

import "testing"

// A password is found in any address, even in one that cannot be read.
func TestPasswordOfAProxy(t *testing.T) {
	for address, want := range map[string]string{
		"": "", "http://proxy:1": "", "http://me@proxy": "", "proxy:1": "", "socks5://a:b:c@d@e:1": "b:c@d", "http://:pw@e": "pw",
	} {
		if got := proxyPassword(address); got != want {
			t.Errorf("%s: %q", address, got)
		}
	}
}
