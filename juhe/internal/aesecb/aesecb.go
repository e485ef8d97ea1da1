// Package aesecb implements the cipher of Juhe's encrypted endpoint: AES-128-ECB
// with PKCS #5 padding, encoded in standard base64 (API document, part 2, "数据加密说明").
package aesecb

import (
	"bytes"
	"crypto/aes"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"strings"
)

// Errors of Open. They contain no part of the text.
var (
	ErrBase64  = errors.New("aesecb: not standard base64")
	ErrLength  = errors.New("aesecb: not a whole number of 16-byte blocks")
	ErrPadding = errors.New("aesecb: wrong padding: another key, or damaged text")
)

// Key returns the cipher key of an openid: the first 16 characters of its MD5 in
// lower-case hexadecimal, used as bytes.
func Key(openid string) string {
	sum := md5.Sum([]byte(openid))
	return hex.EncodeToString(sum[:])[:aes.BlockSize]
}

// Seal encrypts one parameter with a 16-byte key. The result contains plus signs and
// must be form-encoded once.
func Seal(key, plain string) (string, error) {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return "", err
	}
	pad := aes.BlockSize - len(plain)%aes.BlockSize
	text := append([]byte(plain), bytes.Repeat([]byte{byte(pad)}, pad)...)
	for at := 0; at < len(text); at += aes.BlockSize {
		block.Encrypt(text[at:at+aes.BlockSize], text[at:at+aes.BlockSize])
	}
	return base64.StdEncoding.EncodeToString(text), nil
}

// Open decrypts what Seal returns. It rejects everything else.
func Open(key, sealed string) (string, error) {
	block, err := aes.NewCipher([]byte(key))
	if err != nil {
		return "", err
	}
	// The decoder ignores line breaks, which Seal never writes.
	text, err := base64.StdEncoding.Strict().DecodeString(sealed)
	if err != nil || strings.ContainsAny(sealed, "\r\n") {
		return "", ErrBase64
	}
	if len(text) == 0 || len(text)%aes.BlockSize != 0 {
		return "", ErrLength
	}
	for at := 0; at < len(text); at += aes.BlockSize {
		block.Decrypt(text[at:at+aes.BlockSize], text[at:at+aes.BlockSize])
	}
	return unpad(text)
}

func unpad(text []byte) (string, error) {
	pad := int(text[len(text)-1])
	if pad == 0 || pad > aes.BlockSize {
		return "", ErrPadding
	}
	plain, ok := bytes.CutSuffix(text, bytes.Repeat([]byte{byte(pad)}, pad))
	if !ok {
		return "", ErrPadding
	}
	return string(plain), nil
}
