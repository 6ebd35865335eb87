# The server of Agent DID Extensions: one static program, the certificate authorities, and nothing else.
# docs/deploy.md shows how to build, start and watch it, and the same steps by hand.

FROM rust:1.95-slim-bookworm AS build
# The compiler of this image; the components and targets in rust-toolchain.toml are for developers.
ENV RUSTUP_TOOLCHAIN=1.95.0
WORKDIR /src
COPY . .
RUN target="$(uname -m)-unknown-linux-musl" \
 && rustup target add "$target" \
 && cargo build --release --locked --package server --target "$target" \
 && mkdir -p /image/etc/ssl/certs /image/state \
 && cp "target/$target/release/agent-extensions" /image/ \
 && cp /etc/ssl/certs/ca-certificates.crt /image/etc/ssl/certs/ \
 && chown -R 65532:65532 /image/state

FROM scratch
COPY --from=build /image /
USER 65532:65532
# The last published directory lies here, so that a restart while Twilio is down still answers. Mount a volume to keep
# it longer than the container.
ENV LAST_GOOD_FILE=/state/last-good.json
VOLUME /state
ENV PORT=8787
EXPOSE 8787
# Healthy once callers can be answered.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["/agent-extensions", "health"]
ENTRYPOINT ["/agent-extensions"]
