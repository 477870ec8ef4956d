package api_test

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"darkroom/sources/tableau/api"
	"darkroom/sources/tableau/tableautest"
)

// firstWorkbook is the LUID of one.
func firstWorkbook(t *testing.T, c *api.Client) string {
	t.Helper()
	p, err := c.ListPage(context.Background(), "workbooks", nil, "workbooks", "workbook", 1)
	if err != nil || len(p.Items) == 0 {
		t.Fatal(err)
	}
	return p.Items[0].Get("id").String()
}

func TestDownload(t *testing.T) {
	s := newServer(t, tableautest.Options{})
	server := s.Serve(t)
	for _, downloads := range []bool{true, false} {
		for name, cred := range map[string]api.Credentials{"pat": token, "jwt": {App: api.ConnectedApp{
			ClientID: tableautest.DefaultClientID, SecretID: tableautest.DefaultSecretID,
			Secret: tableautest.DefaultSecret, Username: s.Username(),
		}}} {
			c := connect(t, server, func(cfg *api.Config) { cfg.Credentials, cfg.Downloads = cred, downloads })
			data, err := c.Download(context.Background(), "workbooks", firstWorkbook(t, c))
			var e *api.Error
			switch {
			case downloads || name == "pat":
				if err != nil || !bytes.Contains(data, []byte("<workbook ")) {
					t.Errorf("%s: %q, %v", name, data, err)
				}
			case !errors.As(err, &e) || e.Code != "401002" || !api.Hidden(err) || data != nil:
				t.Errorf("a token without the scope: %q, %v", data, err)
			}
		}
	}
	c := connect(t, server, nil)
	for _, luid := range []string{"none", "../../x", "a?b#c"} {
		_, err := c.Download(context.Background(), "datasources", luid)
		if !api.Hidden(err) {
			t.Errorf("%q: %v", luid, err)
		}
	}
}

// Only what looks like a workbook counts; anything different is asked for again.
func TestDownloadOfSomethingElse(t *testing.T) {
	for body, file := range map[string]bool{
		"PK\x03\x04…":                      true,
		"<?xml version='1.0'?><workbook/>": true,
		"\ufeff\r\n<datasource/>":          true,
		"":                                 false,
		"PK":                               false,
		`{"error":{"code":"1"}}`:           false,
		"<!DOCTYPE HTML><title>x</title>":  false,
		"<?xml version='1.0'?>\n<!-- x --><HTML xmlns='x'>": false,
		"\x00\x01": false,
	} {
		tries := 0
		srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			switch {
			case strings.HasSuffix(r.URL.Path, "serverinfo"):
				_, _ = w.Write([]byte(`{"serverInfo":{"productVersion":{"value":"1"},"restApiVersion":"3.22"}}`))
			case strings.HasSuffix(r.URL.Path, "signin"):
				_, _ = w.Write([]byte(`{"credentials":{"token":"t","site":{"id":"s"},"user":{"id":"u"}}}`))
			case r.URL.Query().Get("includeExtract") != "False" || strings.Contains(r.Header.Get("Accept"), "json"):
				w.WriteHeader(http.StatusTeapot)
			default:
				tries++
				w.Header().Set("Content-Disposition", `attachment; filename="../../evil"`)
				_, _ = w.Write([]byte(body))
			}
		}))
		c := connect(t, srv.URL, nil)
		data, err := c.Download(context.Background(), "workbooks", "luid")
		if file && (err != nil || string(data) != body || tries != 1) {
			t.Errorf("%q: %q after %d tries, %v", body, data, tries, err)
		}
		if !file && (!api.Transient(err) || data != nil || tries != 3) {
			t.Errorf("%q: %q after %d tries, %v", body, data, tries, err)
		}
		srv.Close()
	}
}
