//! The index as bytes, and back: the layout of `docs/tor-index.md`, version 1.
//!
//! It never trusts the bytes: lengths, places and orders are checked before anything is built.

use sha2::Digest as _;

use crate::bytes::{Cursor, put, put_text};
use crate::consensus::Flavour;
use crate::error::BadIndex;
use crate::exit_list::ExitScan;
use crate::flags::Flags;
use crate::index::{Covering, RelayName, State, Stay, TorIndex};
use crate::policy::{AddressPolicy, PortSummary};
use crate::signature::Signed;

const MAGIC: &[u8; 8] = b"FSC-TOR\n";
const VERSION: u32 = 1;
const HEAD: usize = 8 + 4 + 32;

impl TorIndex {
    /// The bytes of the index; the same for the same set of documents.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut content = Vec::new();
        self.put_documents(&mut content);
        put(&mut content, self.relays.len() as u128);
        for relay in &self.relays {
            content.extend_from_slice(&relay.fingerprint);
            put_text(&mut content, &relay.nickname);
        }
        for texts in [&self.policies, &self.full] {
            put(&mut content, texts.len() as u128);
            for text in texts {
                put_text(&mut content, text);
            }
        }
        put(&mut content, self.states.len() as u128);
        for state in &self.states {
            for number in [u32::from(state.flags.0), state.policy, state.full] {
                put(&mut content, u128::from(number));
            }
        }
        self.put_stays(&mut content);
        put(&mut content, self.scans.len() as u128);
        for scan in &self.scans {
            content.extend_from_slice(&scan.address.octets());
            content.extend_from_slice(&scan.fingerprint);
            put(&mut content, u128::from(scan.at_s));
        }
        let mut out = Vec::with_capacity(content.len() + HEAD);
        out.extend_from_slice(MAGIC);
        out.extend_from_slice(&VERSION.to_le_bytes());
        out.extend_from_slice(&sha2::Sha256::digest(&content));
        out.extend_from_slice(&content);
        out
    }

    fn put_documents(&self, out: &mut Vec<u8>) {
        put(out, self.documents.len() as u128);
        for document in &self.documents {
            let Covering { flavour, valid_after_s, fresh_until_s, valid_until_s, .. } = document;
            out.push(u8::from(*flavour == Flavour::Microdesc));
            for number in
                [*valid_after_s, fresh_until_s - valid_after_s, valid_until_s - fresh_until_s]
            {
                put(out, u128::from(number));
            }
            out.extend_from_slice(&document.sha256);
            let Signed { valid, known, without_certificate, bad, unknown } = document.signed;
            out.extend_from_slice(&[valid, known, without_certificate, bad, unknown]);
        }
        put(out, self.lists.len() as u128);
        for (at_s, sha256) in &self.lists {
            put(out, u128::from(*at_s));
            out.extend_from_slice(sha256);
        }
    }

    fn put_stays(&self, out: &mut Vec<u8>) {
        put(out, self.addresses.len() as u128);
        let mut before = 0;
        for (place, address) in self.addresses.iter().enumerate() {
            put(out, address - before);
            before = *address;
            let stays = self.stays_at(place);
            put(out, stays.len() as u128);
            for stay in stays {
                for number in [stay.relay, stay.first, stay.last - stay.first, stay.state] {
                    put(out, u128::from(number));
                }
            }
        }
    }

    /// Reads an index.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadIndex> {
        let head = bytes.get(..HEAD).ok_or(BadIndex::Length(bytes.len()))?;
        let (magic, rest) = head.split_at(8);
        let (version, sha256) = rest.split_at(4);
        if magic != MAGIC {
            return Err(BadIndex::Magic);
        }
        let version = version.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte));
        if version != VERSION {
            return Err(BadIndex::Version(version));
        }
        let content = &bytes[HEAD..];
        if sha2::Sha256::digest(content).as_slice() != sha256 {
            return Err(BadIndex::Checksum);
        }
        Self::read(&mut Cursor::new(content))
    }

    /// Reads the content, without its checksum.
    pub(crate) fn read(from: &mut Cursor<'_>) -> Result<Self, BadIndex> {
        let documents = many(from, document)?;
        let order = |d: &Covering| (d.flavour, d.valid_after_s, d.sha256);
        let sorted = documents.is_sorted_by(|one, next| order(one) < order(next));
        let lists: Vec<(u32, [u8; 32])> = many(from, |from| Ok((from.small()?, from.array()?)))?;
        let relays = many(from, |from| {
            Ok(RelayName { fingerprint: from.array()?, nickname: from.text()? })
        })?;
        let policies = texts(from)?;
        let full = texts(from)?;
        let readable = policies.first().is_some_and(String::is_empty)
            && full.first().is_some_and(String::is_empty)
            && policies[1..].iter().all(|text| PortSummary::parse(text).is_some())
            && full[1..].iter().all(|text| AddressPolicy::parse(text).is_some());
        if !sorted || !ascends(&lists) || !ascends(&relays) {
            return Err(from.bad("documents or relays out of order"));
        }
        if !readable || !ascends(&policies) || !ascends(&full) {
            return Err(from.bad("policies out of order, or one that cannot be read"));
        }
        let states = many(from, |from| {
            let flags = Flags(from.below(1 << 16)? as u16);
            Ok(State { flags, policy: from.below(policies.len())?, full: from.below(full.len())? })
        })?;
        if !ascends(&states) {
            return Err(from.bad("states out of order"));
        }
        let sizes = [relays.len(), documents.len(), states.len()];
        let (addresses, begins, stays) = stays(from, sizes)?;
        let scans = many(from, |from| {
            let address = from.array::<4>()?.into();
            Ok(ExitScan { address, fingerprint: from.array()?, at_s: from.small()? })
        })?;
        if !ascends(&scans) {
            return Err(from.bad("scans are out of order"));
        }
        if !from.is_at_end() {
            return Err(BadIndex::Length(from.at()));
        }
        let (stands_until, microdesc_from) = (Vec::new(), 0);
        let mut index = Self {
            documents,
            stands_until,
            microdesc_from,
            lists,
            relays,
            policies,
            full,
            states,
            addresses,
            begins,
            stays,
            scans,
        };
        index.derive_windows();
        Ok(index)
    }
}

/// Whether each is more than the one before: sorted, and none twice.
fn ascends<T: PartialOrd>(items: &[T]) -> bool {
    items.is_sorted_by(|one, next| one < next)
}

fn many<T>(
    from: &mut Cursor<'_>,
    one: impl Fn(&mut Cursor<'_>) -> Result<T, BadIndex>,
) -> Result<Vec<T>, BadIndex> {
    let count = from.count()?;
    // Grown as it is read: a count alone reserves no memory.
    let mut out = Vec::new();
    for _ in 0..count {
        out.push(one(from)?);
    }
    Ok(out)
}

fn texts(from: &mut Cursor<'_>) -> Result<Vec<String>, BadIndex> {
    let mut out = Vec::new();
    for _ in 0..from.count()? {
        out.push(from.text()?);
    }
    Ok(out)
}

fn document(from: &mut Cursor<'_>) -> Result<Covering, BadIndex> {
    let flavour = match from.take(1)? {
        [0] => Flavour::Plain,
        [1] => Flavour::Microdesc,
        _ => return Err(from.bad("no such flavour")),
    };
    let valid_after_s = from.small()?;
    let fresh = valid_after_s.checked_add(from.small()?);
    let until = fresh.zip(Some(from.small()?)).and_then(|(fresh, more)| fresh.checked_add(more));
    let (Some(fresh_until_s), Some(valid_until_s)) = (fresh, until) else {
        return Err(from.bad("a document ends too late"));
    };
    let sha256 = from.array()?;
    let [valid, known, without_certificate, bad, unknown] = from.array::<5>()?;
    let signed = Signed { valid, known, without_certificate, bad, unknown };
    Ok(Covering { flavour, valid_after_s, fresh_until_s, valid_until_s, sha256, signed })
}

type Stays = (Vec<u128>, Vec<u32>, Vec<Stay>);

fn stays(
    from: &mut Cursor<'_>,
    [relays, documents, states]: [usize; 3],
) -> Result<Stays, BadIndex> {
    let (mut addresses, mut begins, mut stays) = (Vec::<u128>::new(), vec![0], Vec::new());
    for _ in 0..from.count()? {
        let delta = from.number()?;
        let before = addresses.last().copied();
        let address = before.unwrap_or(0).checked_add(delta);
        let address = address.ok_or(from.bad("an address is too large"))?;
        if before.is_some_and(|before| before >= address) {
            return Err(from.bad("addresses are out of order"));
        }
        addresses.push(address);
        for _ in 0..from.count()? {
            let (relay, first) = (from.below(relays)?, from.below(documents)?);
            let last = first.checked_add(from.small()?);
            let last = last.filter(|last| (*last as usize) < documents);
            let last = last.ok_or(from.bad("a stay ends outside the documents"))?;
            stays.push(Stay { relay, first, last, state: from.below(states)? });
        }
        if !ascends(&stays[*begins.last().unwrap_or(&0) as usize..]) {
            return Err(from.bad("stays are out of order"));
        }
        begins.push(stays.len() as u32);
    }
    Ok((addresses, begins, stays))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Authorities, Limits, TorIndexBuilder};

    /// Two of everything that has an order.
    fn index() -> TorIndex {
        let mut builder = TorIndexBuilder::new(Authorities::bundled().unwrap(), Limits::default());
        let id = "A".repeat(26);
        for hour in [1, 2] {
            let text = format!(
                "network-status-version 3\nvote-status consensus\n\
                 valid-after 2021-08-29 0{hour}:00:00\nfresh-until 2021-08-29 04:00:00\n\
                 valid-until 2021-08-29 05:00:00\n\
                 r a {id}A {id}E 2021-08-29 00:00:00 192.0.2.1 443 0\ns Exit\np accept 443\n\
                 r b {id}A {id}E 2021-08-29 00:00:00 192.0.2.1 444 0\ns Fast\np accept 80\n"
            );
            assert_eq!(builder.add("doc", text.as_bytes()).unwrap().rejects, []);
            let list = format!(
                "Downloaded 2021-08-29 0{hour}:00:00\nExitNode {}\n\
                 ExitAddress 192.0.2.{hour} 2021-08-29 00:00:00\n",
                "0".repeat(40)
            );
            assert_eq!(builder.add("list", list.as_bytes()).unwrap().rejects, []);
        }
        builder.finish()
    }

    #[test]
    fn a_table_out_of_order_or_with_a_row_twice_is_refused() {
        let good = index();
        assert_eq!(TorIndex::from_bytes(&good.to_bytes()).as_ref(), Ok(&good));
        let swaps: [fn(&mut TorIndex); 9] = [
            |index| index.documents.swap(0, 1),
            |index| index.lists.swap(0, 1),
            |index| index.relays.swap(0, 1),
            |index| index.policies.swap(1, 2),
            |index| index.states.swap(0, 1),
            |index| index.stays.swap(0, 1),
            |index| index.scans.swap(0, 1),
            |index| index.relays[1] = index.relays[0].clone(),
            |index| index.stays[1] = index.stays[0],
        ];
        for (number, swap) in swaps.into_iter().enumerate() {
            let mut bad = good.clone();
            swap(&mut bad);
            let read = TorIndex::from_bytes(&bad.to_bytes());
            assert!(matches!(read, Err(BadIndex::Content(..))), "{number}: {read:?}");
        }
    }
}
