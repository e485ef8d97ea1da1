package juhe

import (
	"crypto/tls"
	"crypto/x509"
)

// Trust makes a Client take the certificate of a test's own service.
func (c *Client) Trust(cert *x509.Certificate) {
	pool := x509.NewCertPool()
	pool.AddCert(cert)
	c.transport.TLSClientConfig = &tls.Config{RootCAs: pool}
}

// Environment is the proxy by these variables.
var Environment = environment
