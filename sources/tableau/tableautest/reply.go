package tableautest

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"darkroom/sources/tableau/tableautest/element"
)

// reply is an answer before it is packed.
type reply struct {
	status      int
	contentType string
	header      map[string]string
	body        []byte
}

// write packs and sends, or cuts the connection: fewer bytes than announced make
// the HTTP server close it.
func (c *call) write(w http.ResponseWriter, out reply) {
	body := out.body
	h := w.Header()
	if out.contentType != "" {
		h.Set("Content-Type", out.contentType)
	}
	for key, value := range out.header {
		h.Set(key, value)
	}
	if len(body) > 0 && !c.sw.NoGzip && strings.Contains(c.req.Header.Get("Accept-Encoding"), "gzip") {
		body = c.packed(body)
		h.Set("Content-Encoding", "gzip")
	}
	if out.status != http.StatusNoContent {
		h.Set("Content-Length", strconv.Itoa(len(body)))
	}
	if c.fault.Cut && out.status != http.StatusNoContent {
		if len(body) == 0 {
			body = []byte("..")
			h.Set("Content-Length", "2")
		}
		body = body[:len(body)/2]
	}
	w.WriteHeader(out.status)
	n, _ := w.Write(body) // the client may be gone
	c.countBytes(n)
}

func (s *Server) packed(body []byte) []byte {
	zw, _ := s.packers.Get().(*gzip.Writer)
	if zw == nil {
		zw, _ = gzip.NewWriterLevel(nil, gzip.BestSpeed) // a known level
	}
	defer s.packers.Put(zw)
	var b bytes.Buffer
	zw.Reset(&b)
	_, _ = zw.Write(body) // a Buffer takes everything
	_ = zw.Close()
	return b.Bytes()
}

// wantsJSON is the JSON view, not the default, XML (sources/tableau/API.md#url-families).
func (c *call) wantsJSON() bool {
	return strings.Contains(c.req.Header.Get("Accept"), "application/json")
}

// rest answers with elements in the form that was asked for.
func (c *call) rest(status int, top ...element.Element) reply {
	if !c.wantsJSON() {
		return reply{status: status, contentType: "application/xml;charset=utf-8", body: element.Document(top)}
	}
	out, form := map[string]any{}, element.Form{Lists: c.sw.Lists, BooleansAsText: c.sw.BooleansAsText}
	for _, e := range top {
		out[e.Name] = e.JSON(form)
	}
	return plainJSON(status, out)
}

func plainJSON(status int, v any) reply {
	body, err := json.Marshal(v)
	if err != nil {
		return reply{status: http.StatusInternalServerError, contentType: "text/plain", body: []byte(err.Error())}
	}
	return reply{status: status, contentType: "application/json;charset=utf-8", body: body}
}

// fail answers with a REST error, or for the Metadata API's family its own shape
// of 401 (sources/tableau/API.md#rest-errors-and-sessions). The status is the
// code's first three digits.
func (c *call) fail(code string) reply {
	status, _ := strconv.Atoi(code[:min(3, len(code))])
	if status < 100 || status > 599 {
		status = http.StatusInternalServerError
	}
	if c.route.metadata {
		return c.springError(status)
	}
	summary, detail := restError(code)
	return c.failWith(code, summary, strings.ReplaceAll(detail, "{path}", strings.TrimPrefix(c.req.URL.Path, "/api")))
}

func (c *call) failWith(code, summary, detail string) reply {
	status, _ := strconv.Atoi(code[:3])
	if c.wantsJSON() || strings.HasPrefix(c.req.URL.Path, "/api/-/") {
		return plainJSON(status, map[string]any{
			"error": map[string]string{"summary": summary, "detail": detail, "code": code},
		})
	}
	e := element.New("error", "code", code).With(element.Leaf("summary", summary), element.Leaf("detail", detail))
	return c.rest(status, e)
}

func (c *call) springError(status int) reply {
	return plainJSON(status, map[string]any{
		"timestamp": c.opt.Now().UTC().Format("2006-01-02T15:04:05.000+00:00"), "status": status,
		"error": http.StatusText(status), "path": "/relationship-service-war/graphql",
	})
}

// restError is the text of a code (sources/tableau/API.md#rest-errors-and-sessions).
func restError(code string) (summary, detail string) {
	switch code {
	case "400006":
		return "Bad Request", "Invalid page number."
	case "401000":
		return "Unauthorized Access", "No authentication credentials were provided."
	case "401001":
		return "Signin Error", "Error signing in to Tableau Server"
	case "401002":
		return "Unauthorized Access", "Invalid authentication credentials were provided."
	case "403070":
		return "Forbidden", "The session is already on this site."
	case "404000":
		return "Resource Not Found", "The site could not be found."
	case "404001":
		return "Resource Not Found", "The endpoint is not available in this version."
	case "404002":
		return "Resource Not Found", "The user could not be found."
	case "404003":
		return "Resource Not Found", "Unknown resource '{path}' specified in URI."
	case "404006":
		return "Resource Not Found", "The workbook or data source could not be found."
	case "429000":
		return "Too Many Requests", "Too many requests for 'api.rest.refresh_extracts'. Please retry after 29 minutes."
	}
	return "Error", "The request failed with code " + code + "."
}
