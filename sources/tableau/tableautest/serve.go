package tableautest

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"time"
)

// T is what Serve needs of a test or benchmark.
type T interface {
	Helper()
	Cleanup(func())
	Fatalf(format string, args ...any)
}

// Serve listens on a free loopback port until the test ends and returns the base
// URL, without a slash at the end.
func (s *Server) Serve(t T) string {
	t.Helper()
	url, stop, err := s.Start()
	if err != nil {
		t.Fatalf("tableautest: %v", err)
	}
	t.Cleanup(stop)
	return url
}

// ServeTLS is Serve with a self-signed certificate, which it returns in PEM.
func (s *Server) ServeTLS(t T) (url string, certificate []byte) {
	t.Helper()
	cert, err := selfSigned()
	if err != nil {
		t.Fatalf("tableautest: %v", err)
	}
	address, stop, err := s.listen(&cert)
	if err != nil {
		t.Fatalf("tableautest: %v", err)
	}
	t.Cleanup(stop)
	return "https://" + address, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Certificate[0]})
}

// Start listens on a free loopback port until stop is called, which ends answers
// that are still on their way.
func (s *Server) Start() (url string, stop func(), err error) {
	address, stop, err := s.listen(nil)
	return "http://" + address, stop, err
}

func (s *Server) listen(cert *tls.Certificate) (address string, stop func(), err error) {
	if s.err != nil {
		return "", nil, s.err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	return l.Addr().String(), s.On(l, cert), nil
}

// On serves what comes to a listener until stop is called; with a certificate, over TLS.
func (s *Server) On(l net.Listener, cert *tls.Certificate) (stop func()) {
	srv := &http.Server{
		Handler: s, ReadHeaderTimeout: time.Minute,
		ErrorLog: log.New(io.Discard, "", 0), // broken handshakes are what some tests are about
	}
	if cert != nil {
		l = tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{*cert}, MinVersion: tls.VersionTLS12})
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = srv.Serve(l) // ends with Close
	}()
	return func() { _ = srv.Close(); <-ended }
}

// TLSName is the name, besides the loopback address, that the certificate of ServeTLS
// is for. Only a proxy finds it: no resolver may know it.
const TLSName = "tableau.invalid"

// selfSigned is a certificate without an authority.
func selfSigned() (tls.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return tls.Certificate{}, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, DNSNames: []string{TLSName},
		IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, err
}
