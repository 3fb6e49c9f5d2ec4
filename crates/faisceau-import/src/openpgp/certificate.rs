//! What a certificate says of itself: who it names, and until when its keys were good.
//!
//! In: a certificate, the key of it that made a signature, and when the signature says it was
//! made. Out: the name that it gives itself, and remarks. Refused: what the key itself did not
//! sign; other people's certifications; a certificate on which more than [`MAX_CHECKS`]
//! signatures would have to be checked for that is not judged further.

use std::cell::Cell;

use faisceau_model::{Moment, excerpt};
use pgp::composed::{SignedPublicKey, SignedPublicSubKey};
use pgp::packet::{KeyFlags, RevocationCode, Signature, SignatureType};
use pgp::types::{Duration, Fingerprint, KeyDetails, SignedUser, Tag, Timestamp};

/// Most signatures of one certificate that are checked.
const MAX_CHECKS: usize = 96;
/// Most characters of a name that are kept.
const NAME: usize = 120;

/// A certificate and how many of its signatures may still be checked.
pub(crate) struct Certificate<'c> {
    key: &'c SignedPublicKey,
    left: Cell<usize>,
}

impl<'c> Certificate<'c> {
    pub(crate) fn new(key: &'c SignedPublicKey) -> Self {
        Self { key, left: Cell::new(MAX_CHECKS) }
    }

    /// The name that the key gives itself: the user id that it signed and marks as its first, else
    /// the first that it signed.
    pub(crate) fn name(&self) -> Option<String> {
        let named: Vec<_> = self.key.details.users.iter().take(MAX_CHECKS).collect();
        let marked = named.iter().filter(|user| user.is_primary());
        let chosen = marked
            .chain(named.iter().filter(|user| !user.is_primary()))
            .find(|user| self.self_signature(user).is_some())?;
        Some(excerpt(&String::from_utf8_lossy(chosen.id.id()), NAME))
    }

    /// The latest signature of the key on one of its user ids.
    fn self_signature<'s>(&self, user: &'s SignedUser) -> Option<&'s Signature> {
        let primary = &self.key.primary_key;
        let own = user.signatures.iter().filter(|signature| {
            signature.typ() != Some(SignatureType::CertRevocation)
                && claims(signature, primary)
                && self.allowed()
                && signature.verify_certification(primary, Tag::UserId, &user.id).is_ok()
        });
        latest(own)
    }

    /// Counts one check, and says whether it may be made.
    fn allowed(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    /// The latest word of the key on its own use: a signature on the key, or on a user id.
    fn own_word(&self) -> Option<&'c Signature> {
        let primary = &self.key.primary_key;
        let direct = self.key.details.direct_signatures.iter().filter(|signature| {
            claims(signature, primary) && self.allowed() && signature.verify_key(primary).is_ok()
        });
        let users = self.key.details.users.iter().take(MAX_CHECKS);
        let named = users.filter_map(|user| self.self_signature(user));
        latest(direct.chain(named))
    }

    /// Remarks on the primary key as the maker of a signature.
    pub(crate) fn remarks_on_primary(&self, made: Option<Timestamp>) -> Vec<String> {
        let primary = &self.key.primary_key;
        let word = self.own_word();
        let mut remarks = Vec::new();
        match word {
            None if self.left.get() == 0 => {}
            None => remarks.push("the key has not signed its own name".to_owned()),
            Some(word) if !may_sign(&word.key_flags()) => {
                remarks.push("the key is not meant for signing".to_owned());
            }
            Some(_) => {}
        }
        let lasts = word.and_then(Signature::key_expiration_time);
        remarks.extend(out_of_time(primary.created_at(), lasts, made, "the key"));
        remarks.extend(self.not_judged());
        remarks
    }

    /// Remarks on a subkey as the maker of a signature; none at all where the certificate does not
    /// bind it for signing with the subkey's consent.
    pub(crate) fn remarks_on_subkey(
        &self,
        subkey: &SignedPublicSubKey,
        made: Option<Timestamp>,
    ) -> Option<Vec<String>> {
        let primary = &self.key.primary_key;
        let bindings = self.on_subkey(subkey, SignatureType::SubkeyBinding);
        let binding = latest(bindings.filter(|binding| {
            binding.key_flags().sign()
                && binding.embedded_signature().is_some_and(|consent| {
                    self.allowed()
                        && consent.verify_primary_key_binding(&subkey.key, primary).is_ok()
                })
        }))?;
        let mut remarks = vec![format!("by a subkey of {}", hex(&primary.fingerprint()))];
        let lasts = binding.key_expiration_time();
        remarks.extend(out_of_time(subkey.key.created_at(), lasts, made, "the subkey"));
        let lasts = self.own_word().and_then(Signature::key_expiration_time);
        remarks.extend(out_of_time(primary.created_at(), lasts, made, "its primary key"));
        remarks.extend(self.not_judged());
        Some(remarks)
    }

    /// What takes the key, or this subkey of it, back.
    pub(crate) fn revocations(&self, subkey: Option<&SignedPublicSubKey>) -> Vec<String> {
        let primary = &self.key.primary_key;
        let of_key = self.key.details.revocation_signatures.iter().filter(|signature| {
            claims(signature, primary) && self.allowed() && signature.verify_key(primary).is_ok()
        });
        let of_key = latest(of_key).map(|found| revocation_remark("the key", found));
        let of_subkey = subkey
            .and_then(|subkey| latest(self.on_subkey(subkey, SignatureType::SubkeyRevocation)))
            .map(|found| revocation_remark("the subkey", found));
        of_key.into_iter().chain(of_subkey).collect()
    }

    /// The signatures of this type of the key on its subkey.
    fn on_subkey<'s>(
        &self,
        subkey: &'s SignedPublicSubKey,
        typ: SignatureType,
    ) -> impl Iterator<Item = &'s Signature> {
        subkey.signatures.iter().filter(move |signature| {
            signature.typ() == Some(typ)
                && self.allowed()
                && signature.verify_subkey_binding(&self.key.primary_key, &subkey.key).is_ok()
        })
    }

    fn not_judged(&self) -> Option<String> {
        let spent = self.left.get() == 0;
        spent.then(|| {
            format!("the key carries more than {MAX_CHECKS} signatures: not all were checked")
        })
    }
}

/// Whether a signature says that this key made it; other people's are many and prove nothing here.
fn claims(signature: &Signature, key: &impl KeyDetails) -> bool {
    let (fingerprint, id) = (key.fingerprint(), key.legacy_key_id());
    signature.issuer_fingerprint().iter().any(|&issuer| *issuer == fingerprint)
        || signature.issuer_key_id().iter().any(|&issuer| *issuer == id)
}

fn latest<'s>(signatures: impl Iterator<Item = &'s Signature>) -> Option<&'s Signature> {
    signatures.max_by_key(|signature| signature.created().map(Timestamp::as_secs))
}

/// Whether flags allow signatures on data. Keys of old programs say nothing of their use.
fn may_sign(flags: &KeyFlags) -> bool {
    flags.sign() || *flags == KeyFlags::default()
}

/// Whether a key was there, and still good, when a signature says that it was made.
fn out_of_time(
    created: Timestamp,
    lasts: Option<Duration>,
    made: Option<Timestamp>,
    what: &str,
) -> Option<String> {
    let made = i64::from(made?.as_secs());
    let created = i64::from(created.as_secs());
    if made < created {
        return Some(format!("{what} was made on {}, after this signature", day(created)));
    }
    let seconds = lasts.map(Duration::as_secs).filter(|&seconds| seconds > 0)?;
    let end = created + i64::from(seconds);
    (end <= made).then(|| format!("{what} had expired on {}", day(end)))
}

fn revocation_remark(what: &str, revocation: &Signature) -> String {
    let why = match revocation.revocation_reason_code() {
        Some(RevocationCode::KeySuperseded) => ": it was replaced",
        Some(RevocationCode::KeyCompromised) => ": it was no longer secret",
        Some(RevocationCode::KeyRetired) => ": it was retired",
        _ => "",
    };
    match revocation.created() {
        Some(at) => format!("{what} was revoked on {}{why}", day(i64::from(at.as_secs()))),
        None => format!("{what} was revoked{why}"),
    }
}

/// The day of an instant, UTC.
fn day(seconds: i64) -> String {
    Moment::from_unix_seconds(seconds).map_or_else(String::new, Moment::day_utc)
}

/// A fingerprint as people compare it: capital hexadecimal without spaces.
pub(crate) fn hex(fingerprint: &Fingerprint) -> String {
    fingerprint.to_string().to_uppercase()
}
