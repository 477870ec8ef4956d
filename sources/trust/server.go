package trust

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"darkroom/sources/disk"
)

// Server is a server as a configuration wants it reached: its address, and what weakens
// or widens how it is verified.
type Server struct {
	Address            string // see [Address]
	InsecureSkipVerify bool
	CAFile             string // path, for messages
	CA                 []byte // content of CAFile, which is what counts
	RedirectHosts      []string
}

// Want is what a configuration says of a server.
type Want struct {
	Server, CAFile     string
	InsecureSkipVerify bool
	RedirectHosts      []string // "pod.example.net", or with its port
}

// Read checks what a configuration says and reads the certificates that it names.
func Read(w Want) (Server, error) {
	s := Server{InsecureSkipVerify: w.InsecureSkipVerify, CAFile: w.CAFile}
	var err error
	if s.Address, err = Address(w.Server); err != nil {
		return s, err
	}
	if s.RedirectHosts, err = hosts(w.RedirectHosts); err != nil {
		return s, err
	}
	if w.CAFile != "" {
		s.CA, err = readCA(w.CAFile)
	}
	return s, err
}

// hosts are names of hosts in their one form, sorted.
func hosts(names []string) ([]string, error) {
	var out []string
	for _, name := range names {
		address, err := Address("https://" + name)
		if err != nil {
			return nil, fmt.Errorf("%s in redirect_hosts is not the name of a host", disk.Clip(name))
		}
		out = append(out, strings.TrimPrefix(address, "https://"))
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func readCA(file string) ([]byte, error) {
	data, err := disk.ReadFile(file)
	if err == nil && data == nil {
		err = errors.New("there is no such file")
	}
	if err != nil {
		e := disk.Failed("read ca_file", file, err)
		return nil, e
	}
	if fingerprint(data) == "" {
		return nil, &disk.Error{File: file, What: "ca_file has no certificate", Fix: "it must be PEM: -----BEGIN CERTIFICATE-----"}
	}
	return data, nil
}

// fingerprint names the certificates in PEM, whatever their order, their line ends and
// what is written between them; empty when there is none.
func fingerprint(text []byte) string {
	var sums [][]byte
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			break
		}
		if block.Type == "CERTIFICATE" {
			sum := sha256.Sum256(block.Bytes)
			sums = append(sums, sum[:])
		}
	}
	if len(sums) == 0 {
		return ""
	}
	slices.SortFunc(sums, bytes.Compare)
	sum := sha256.Sum256(bytes.Join(slices.CompactFunc(sums, bytes.Equal), nil))
	return "sha256:" + hex.EncodeToString(sum[:])
}

// Plain reports that anyone on the way can read the secrets: http to another
// computer.
func (s Server) Plain() bool {
	u, err := url.Parse(s.Address)
	return err == nil && u.Scheme == "http" && !isLoopback(u.Hostname())
}

// Record is the server as it is remembered.
func (s Server) Record() Record {
	return Record{
		Server: s.Address, CA: fingerprint(s.CA), InsecureSkipVerify: s.InsecureSkipVerify,
		RedirectHosts: slices.Clone(s.RedirectHosts),
	}
}

// Command is the command line that confirms the server.
func (s Server) Command() string {
	words := []string{"darkroom", "trust", s.Address}
	if s.CAFile != "" {
		words = append(words, "--ca-file", s.CAFile)
	}
	if s.InsecureSkipVerify {
		words = append(words, "--insecure-skip-verify")
	}
	for _, host := range s.RedirectHosts {
		words = append(words, "--redirect-host", host)
	}
	for i, w := range words {
		if strings.ContainsFunc(w, func(r rune) bool { return !strings.ContainsRune(plainWord, r) }) {
			words[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ")
}

// plainWord are the letters of a word that no shell changes.
const plainWord = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:[]"
