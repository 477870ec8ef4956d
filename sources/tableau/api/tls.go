package api

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"time"
)

// Encryption is what the last handshake with the server came to.
type Encryption struct {
	Protocol string    // "TLS 1.3"; "" is plain http, or no answer yet
	Checked  bool      // the certificate was; false with insecure_skip_verify
	OwnCA    bool      // the certificates of ca_file vouch for it
	Ends     time.Time // when the first certificate of the chain does
}

// Encryption says how the connection is protected.
func (c *Client) Encryption() Encryption {
	state := c.handshake.Load()
	if state == nil {
		return Encryption{}
	}
	e := Encryption{Protocol: tls.VersionName(state.Version), Checked: len(state.VerifiedChains) > 0}
	chain := state.PeerCertificates
	if e.Checked {
		chain = state.VerifiedChains[0]
		e.OwnCA = c.vouches(state.PeerCertificates)
	}
	for _, cert := range chain {
		if e.Ends.IsZero() || cert.NotAfter.Before(e.Ends) {
			e.Ends = cert.NotAfter
		}
	}
	return e
}

// vouches reports whether ca_file alone, without the system's certificates, makes
// the chain valid.
func (c *Client) vouches(chain []*x509.Certificate) bool {
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	roots.AppendCertsFromPEM(c.cfg.Server.CA())
	for _, cert := range chain[1:] {
		between.AddCert(cert)
	}
	_, err := chain[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between})
	return err == nil
}

// TLSTrouble reports that the server answers, and no safe connection came about.
func TLSTrouble(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Err != nil && isTLS(e.Err)
}
