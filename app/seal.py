"""Sealing, signing and deriving keys: the only room that calls the crypto libraries.

XChaCha20-Poly1305 with random 24-byte nonces (never counters: clones and restores would repeat
them), Ed25519 for signatures, X25519 sealed boxes for handing keys over, Argon2id for passphrases,
HMAC-SHA-256 for names of content.
"""

from __future__ import annotations

import hashlib
import hmac
import os
from dataclasses import dataclass

import zstandard
from argon2.low_level import Type, hash_secret_raw
from nacl import bindings
from nacl.exceptions import BadSignatureError, CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.signing import SigningKey, VerifyKey

from app.errors import _

KEY_BYTES = 32
NONCE_BYTES = bindings.crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
SIGNATURE_BYTES = 64
ARGON_FLOOR_KIB = 64 * 1024
ARGON_PASSES = 3


class NotGenuine(Exception):
    """A seal or signature does not fit: the bytes were changed, or the key is another's."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a passphrase becomes a key; nothing secret. `memory_kib` is at least 64 MiB."""

    salt: bytes
    memory_kib: int = ARGON_FLOOR_KIB
    passes: int = ARGON_PASSES

    @classmethod
    def fresh(cls, memory_kib: int = ARGON_FLOOR_KIB) -> Derivation:
        """A new random salt."""
        return cls(os.urandom(16), max(memory_kib, ARGON_FLOOR_KIB))

    def key(self, passphrase: bytes) -> bytes:
        """32 bytes by Argon2id (RFC 9106), one lane."""
        return hash_secret_raw(passphrase, self.salt, self.passes, self.memory_kib, 1, KEY_BYTES, Type.ID)


def new_key() -> bytes:
    """32 random bytes."""
    return os.urandom(KEY_BYTES)


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, from a master key (HMAC-SHA-256 of the purpose)."""
    return hmac.new(key, b"marula:" + purpose.encode(), hashlib.sha256).digest()


def seal(key: bytes, plain: bytes, bound: bytes = b"") -> bytes:
    """nonce + ciphertext; `bound` is authenticated with it but not stored."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound, nonce, key)


def unseal(key: bytes, sealed: bytes, bound: bytes = b"") -> bytes:
    """The plain bytes. Raises NotGenuine."""
    nonce, body = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return bindings.crypto_aead_xchacha20poly1305_ietf_decrypt(body, bound, nonce, key)
    except (CryptoError, ValueError, TypeError) as trouble:
        raise NotGenuine(_("the seal does not fit")) from trouble


@dataclass(frozen=True, slots=True)
class Identity:
    """A station's or an office's key pair: signs with Ed25519, opens boxes with X25519.

    `seed` is the secret, 32 bytes; everything else follows from it.
    """

    seed: bytes

    @classmethod
    def fresh(cls) -> Identity:
        return cls(new_key())

    @property
    def sign_public(self) -> bytes:
        """The Ed25519 public key, 32 bytes."""
        return bytes(SigningKey(self.seed).verify_key)

    @property
    def box_public(self) -> bytes:
        """The X25519 public key, 32 bytes."""
        return bytes(self._box().public_key)

    def _box(self) -> PrivateKey:
        return PrivateKey(subkey(self.seed, "box"))

    def sign(self, message: bytes) -> bytes:
        """A detached signature, 64 bytes."""
        return bytes(SigningKey(self.seed).sign(message).signature)

    def open_box(self, sealed: bytes) -> bytes:
        """What `box_to` made for this identity. Raises NotGenuine."""
        try:
            return bytes(SealedBox(self._box()).decrypt(sealed))
        except (CryptoError, ValueError, TypeError) as trouble:
            raise NotGenuine(_("the box is for another station or was changed")) from trouble


def check_signature(public: bytes, message: bytes, signature: bytes) -> None:
    """Raises NotGenuine unless `signature` is `public`'s over `message`."""
    try:
        VerifyKey(public).verify(message, signature)
    except (BadSignatureError, ValueError, TypeError) as trouble:
        raise NotGenuine(_("the signature does not fit")) from trouble


def box_to(public: bytes, plain: bytes) -> bytes:
    """A sealed box only the holder of `public`'s secret can open."""
    return bytes(SealedBox(PublicKey(public)).encrypt(plain))


def pack(plain: bytes, level: int = 10) -> bytes:
    """zstd-compressed."""
    return zstandard.ZstdCompressor(level=level).compress(plain)


def unpack(packed: bytes, limit: int) -> bytes:
    """The plain bytes. Raises NotGenuine when they would exceed `limit` bytes (a bomb) or are broken."""
    try:
        reader = zstandard.ZstdDecompressor().stream_reader(packed)
        plain = reader.read(limit + 1)
    except zstandard.ZstdError as trouble:
        raise NotGenuine(_("the compressed part is broken")) from trouble
    if len(plain) > limit:
        raise NotGenuine(_("the compressed part is larger than allowed"))
    return plain


def keyring_get(service: str, name: str) -> str | None:
    """A secret a person put into the system's keyring; None without one or without a keyring."""
    import keyring
    from keyring.errors import KeyringError

    try:
        return keyring.get_password(service, name)
    except KeyringError:
        return None


def seal_same(key: bytes, plain: bytes, bound: bytes = b"") -> bytes:
    """Like `seal`, but the same content under the same key gives the same bytes from every station.

    The nonce is an HMAC of what is sealed, so it repeats only where key, `bound` and content do. Opened
    by `unseal`. For parts of files alone: a finder sees that two sealed parts are equal, nothing more.
    """
    framed = len(bound).to_bytes(8, "big") + bound + plain
    nonce = hmac.new(subkey(key, "nonce"), framed, hashlib.sha256).digest()[:NONCE_BYTES]
    return nonce + bindings.crypto_aead_xchacha20poly1305_ietf_encrypt(plain, bound, nonce, key)
