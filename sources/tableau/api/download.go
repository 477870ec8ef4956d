package api

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
)

// fileTypes asks for a file as it is. Errors come as JSON or XML, whatever is
// asked for, and either is read.
const fileTypes = "application/octet-stream, application/xml, */*;q=0.1"

// Download asks for the file of a workbook or a data source, without its extract;
// kind is "workbooks" or "datasources" (sources/tableau/API.md#downloads). The file is XML
// or a zip archive; anything different, a page of a proxy or nothing, is tried again and
// is an error in the end. The name that the server suggests is never looked at.
func (c *Client) Download(ctx context.Context, kind, luid string) ([]byte, error) {
	path := kind + "/" + url.PathEscape(luid) + "/content"
	out, err := c.call(ctx, "download "+path, c.brisk, func(s session) request {
		r := s.request(http.MethodGet, withQuery(s.classic("sites/"+s.site+"/"+path), url.Values{"includeExtract": {"False"}}), nil)
		r.file = true
		return r
	})
	if err != nil {
		return nil, err
	}
	return out.body, nil
}

// looksLikeFile recognises a workbook or data source, plain or packed, from what comes
// in its place: a web page, JSON, nothing.
func looksLikeFile(body []byte) bool {
	if bytes.HasPrefix(body, []byte("PK\x03\x04")) {
		return true
	}
	head := bytes.ToLower(bytes.TrimLeft(body[:min(len(body), 1024)], " \t\r\n\ufeff"))
	return bytes.HasPrefix(head, []byte("<")) && !bytes.Contains(head, []byte("<html")) && !bytes.Contains(head, []byte("<!doctype html"))
}
