//! The TLS port: a certificate authority that lives as long as the process, and a leaf for Lever's host names.

use std::path::PathBuf;
use std::sync::Arc;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, KeyUsagePurpose,
};
use thiserror::Error;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

/// Names the leaf is valid for.
const NAMES: [&str; 8] = [
    "api.lever.co",
    "api.sandbox.lever.co",
    "api.eu.lever.co",
    "auth.lever.co",
    "sandbox-lever.auth0.com",
    "hire.lever.co",
    "localhost",
    "127.0.0.1",
];

/// Why there is no TLS port.
#[derive(Debug, Error)]
pub enum TlsError {
    /// No certificate could be made.
    #[error("the throw-away certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// The TLS library refused it.
    #[error("the throw-away certificate could not be used: {0}")]
    Library(#[from] tokio_rustls::rustls::Error),
    /// The authority's certificate could not be written.
    #[error("{path} could not be written: {source}")]
    Write {
        /// Where to.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
}

/// Makes the authority and the leaf. Returns the acceptor and the authority's certificate in PEM.
///
/// # Errors
/// See [`TlsError`].
pub fn throw_away() -> Result<(TlsAcceptor, String), TlsError> {
    let mut authority = CertificateParams::default();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority
        .distinguished_name
        .push(DnType::CommonName, "Sandbox throw-away authority");
    let authority_key = KeyPair::generate()?;
    let authority_certificate = authority.self_signed(&authority_key)?;
    let issuer = Issuer::new(authority, authority_key);

    let mut leaf = CertificateParams::new(NAMES.map(str::to_owned))?;
    leaf.distinguished_name.push(DnType::CommonName, "Sandbox");
    leaf.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    leaf.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
    leaf.use_authority_key_identifier_extension = true;
    let leaf_key = KeyPair::generate()?;
    let leaf_certificate = leaf.signed_by(&leaf_key, &issuer)?;

    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(leaf_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![leaf_certificate.der().clone()], key)?;
    Ok((TlsAcceptor::from(Arc::new(config)), authority_certificate.pem()))
}
