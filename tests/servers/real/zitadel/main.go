// The example server of zitadel/oidc, bound to loopback, with CORS as asked for.
package main

import (
	"log/slog"
	"net/http"
	"os"

	"github.com/rs/cors"
	"github.com/zitadel/oidc/v3/example/server/exampleop"
	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"
)

func main() {
	const issuer = "http://localhost:9998/"
	logger := slog.New(slog.NewTextHandler(os.Stderr, nil))
	storage.RegisterClients(storage.WebClient("web", "secret"), storage.WebClient("api", "secret"))

	var options []op.Option // the library's own default allows every origin
	switch os.Getenv("CORS") {
	case "wrong":
		options = append(options, op.WithCORSOptions(&cors.Options{AllowedOrigins: []string{"http://localhost:9"}, AllowedHeaders: []string{"*"}}))
	case "none":
		options = append(options, op.WithCORSOptions(nil))
	}
	router := exampleop.SetupServer(issuer, storage.NewStorage(storage.NewUserStore(issuer)), logger, false, options...)
	if err := http.ListenAndServe("127.0.0.1:9998", router); err != nil {
		logger.Error("ended", "error", err)
		os.Exit(1)
	}
}
