package tool

import (
	"strings"
	"unicode"

	"darkroom/model"
)

// dashboardURL is where a browser shows d, or its workbook w when d is hidden
// there and has no path. It is "" when the server or the place is unknown
// (sources/tableau/API.md#browser-addresses). w may be nil.
func dashboardURL(s *model.Site, w *model.Workbook, d *model.Dashboard) string {
	base := siteURL(s)
	if base == "" || d == nil || strings.Trim(d.Path, "/") == "" {
		return workbookURL(s, w)
	}
	parts := strings.Split(strings.Trim(d.Path, "/"), "/")
	if len(parts) == 3 && parts[1] == "sheets" { // REST's contentUrl
		parts = []string{parts[0], parts[2]}
	}
	for i := range parts {
		parts[i] = escapeSegment(parts[i])
	}
	return base + "/views/" + strings.Join(parts, "/")
}

// workbookURL is where a browser shows w, "" when the server or the workbook's
// number is unknown. w may be nil.
func workbookURL(s *model.Site, w *model.Workbook) string {
	base := siteURL(s)
	if base == "" || w == nil || w.PageID == "" {
		return ""
	}
	return base + "/workbooks/" + escapeSegment(w.PageID)
}

// siteURL is "https://server/#/site/contentUrl", "https://server/#" for the
// default site. A server that is not plainly a web address gives "": the text
// comes from a file and ends in a browser.
func siteURL(s *model.Site) string {
	if s == nil {
		return ""
	}
	server := strings.TrimRight(s.Server, "/")
	scheme, host, ok := strings.Cut(server, "://")
	if !ok {
		scheme, host = "https", server
	}
	scheme = strings.ToLower(scheme)
	if host == "" || scheme != "https" && scheme != "http" || strings.ContainsFunc(host, notInAddress) {
		return ""
	}
	base := scheme + "://" + host + "/#"
	if s.ContentURL == "" {
		return base
	}
	return base + "/site/" + escapeSegment(s.ContentURL)
}

// notInAddress allows host, port and a path before Tableau's own.
func notInAddress(r rune) bool {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', strings.ContainsRune("-._~:/[]", r):
		return false
	}
	return !unicode.IsLetter(r) // an internationalised host name
}

// escapeSegment percent-encodes everything but RFC 3986's unreserved characters.
func escapeSegment(s string) string {
	const hex = "0123456789ABCDEF"
	at := 0
	for at < len(s) && unreserved(s[at]) {
		at++
	}
	if at == len(s) {
		return s
	}
	var out strings.Builder
	for i := range len(s) {
		if c := s[i]; unreserved(c) {
			out.WriteByte(c)
		} else {
			out.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	return out.String()
}

func unreserved(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '.' || c == '_' || c == '~'
}

// WorkbookPage is the number in a workbook's web address, from the Metadata API's uri
// "sites/4989/workbooks/15995". vizportalUrlId is presumed to be the same number and
// serves where the uri gives none.
func WorkbookPage(uri, vizportalURLID string) string {
	_, number, _ := strings.Cut(uri, "/workbooks/")
	if number == "" || strings.Contains(number, "/") {
		return vizportalURLID
	}
	return number
}

// Squeeze is a name as Tableau makes a content URL of it, roughly.
func Squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
