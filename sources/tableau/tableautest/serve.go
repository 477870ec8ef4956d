package tableautest

import (
	"encoding/pem"
	"io"
	"log"
	"net/http/httptest"
	"testing"
)

// Serve listens on a free loopback port until the test ends and returns the base
// URL, without a slash at the end.
func (s *Server) Serve(t testing.TB) string {
	t.Helper()
	return s.listen(t, (*httptest.Server).Start).URL
}

// ServeTLS is Serve with a self-signed certificate, which it returns in PEM.
func (s *Server) ServeTLS(t testing.TB) (url string, certificate []byte) {
	t.Helper()
	srv := s.listen(t, (*httptest.Server).StartTLS)
	return srv.URL, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: srv.Certificate().Raw})
}

func (s *Server) listen(t testing.TB, start func(*httptest.Server)) *httptest.Server {
	t.Helper()
	if s.err != nil {
		t.Fatalf("tableautest: %v", s.err)
	}
	srv := httptest.NewUnstartedServer(s)
	srv.Config.ErrorLog = log.New(io.Discard, "", 0) // broken handshakes are what some tests are about
	start(srv)
	t.Cleanup(func() {
		srv.CloseClientConnections() // a stalled answer would keep Close waiting
		srv.Close()
	})
	return srv
}
