//! Closed vocabularies, written in tables as lower-case text.

/// Declares an enum whose variants have one stable text each, used in tables and JSON.
macro_rules! text_enum {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in declaration order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The text that stands for this value in tables and JSON.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::table::FieldError;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($text => Ok(Self::$variant),)+
                    _ => Err($crate::table::FieldError::word(stringify!($name), text)),
                }
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }

        $crate::table::text_field!(word $name);
    };
}
pub(crate) use text_enum;

text_enum! {
    /// What an analyst decided of a link.
    pub enum Decision {
        /// It may be used.
        Accept = "accept",
        /// It is not to be relied on.
        Dismiss = "dismiss",
        /// It waits for more.
        Hold = "hold",
    }
}

text_enum! {
    /// What an account is in the case.
    pub enum Role {
        /// Compared with the others.
        Examined = "examined",
        /// Belongs to the person who brings the case.
        Claimant = "claimant",
        /// Seen in the exhibits, neither examined nor the claimant's.
        ThirdParty = "third_party",
    }
}

text_enum! {
    /// What sort of message a post is.
    pub enum PostKind {
        /// Published for anyone to read.
        Public = "public",
        /// Sent to one or several persons.
        Private = "private",
        /// An electronic mail.
        Mail = "mail",
        /// Somebody else's words, forwarded or shared: never compared for style.
        Forwarded = "forwarded",
    }
}

text_enum! {
    /// The special-purpose registry an address falls in (RFC 6890).
    pub enum AddressScope {
        /// Routed on the Internet.
        Global = "global",
        /// Private use (RFC 1918, RFC 4193).
        Private = "private",
        /// Shared address space of carrier-grade NAT (RFC 6598).
        Shared = "shared",
        /// Loopback.
        Loopback = "loopback",
        /// Link-local.
        LinkLocal = "link_local",
        /// Reserved for documentation (RFC 5737, RFC 3849).
        Documentation = "documentation",
        /// Multicast.
        Multicast = "multicast",
        /// Reserved, unspecified, or otherwise never a client.
        Reserved = "reserved",
    }
}

text_enum! {
    /// What a dated list says of an address at an instant. Unknown is a value.
    pub enum Listing {
        /// The list has the address at that instant.
        Listed = "listed",
        /// The list covers that instant and does not have the address.
        NotListed = "not_listed",
        /// The list does not cover that instant.
        NoData = "no_data",
    }
}

text_enum! {
    /// What kind of access an address gives, as far as the datasets and the overlay say.
    pub enum AccessKind {
        /// A line of a home or a small office, one subscriber at a time.
        AccessLine = "access_line",
        /// A mobile network.
        Mobile = "mobile",
        /// One address shared by many subscribers of one operator.
        Cgnat = "cgnat",
        /// A school, a company, a public hotspot: many people behind one address.
        SharedSite = "shared_site",
        /// Rented servers.
        Hosting = "hosting",
        /// The edge of a content delivery network, which stands before the site, not the visitor.
        Cdn = "cdn",
        /// A satellite access: many subscribers behind one address.
        Satellite = "satellite",
        /// A commercial VPN.
        Vpn = "vpn",
        /// A privacy relay that keeps the region of its user.
        Relay = "relay",
        /// A Tor exit at that instant.
        TorExit = "tor_exit",
        /// Nothing known says what it is.
        Unknown = "unknown",
    }
}

impl AccessKind {
    /// Whether nobody stands behind such an address who could name its user: a Tor exit, a VPN, a
    /// relay, the edge of a delivery network.
    pub const fn hides_its_user(self) -> bool {
        matches!(self, Self::TorExit | Self::Vpn | Self::Relay | Self::Cdn)
    }
}

text_enum! {
    /// A family of signals. Signals of one family are never multiplied with each other.
    pub enum Family {
        /// How the text is written.
        Style = "style",
        /// When the account is active.
        Time = "time",
        /// Addresses and devices.
        Network = "network",
        /// Images and what made them.
        Media = "media",
        /// What names a person or a line: mail addresses, telephone numbers, handles.
        Identifiers = "identifiers",
        /// What was posted, images aside: links, rare phrases.
        Objects = "objects",
        /// Acting together. Speaks to [`Relation::Coordination`] alone.
        Coordination = "coordination",
    }
}

text_enum! {
    /// What the rows say of an innocent explanation.
    pub enum Standing {
        /// Something in the rows speaks for it.
        Supported = "supported",
        /// Something in the rows speaks against it.
        Contradicted = "contradicted",
        /// The rows say nothing of it: it stays open.
        Open = "open",
    }
}

text_enum! {
    /// The pair of propositions that a comparison speaks to.
    pub enum Relation {
        /// H1: one person controls both accounts; H2: different persons of the same population do.
        SameHand = "same_hand",
        /// Different persons acting together. Never added to [`Relation::SameHand`].
        Coordination = "coordination",
    }
}

text_enum! {
    /// A head of request: which category of data is asked for (CPCE L.34-1 II bis).
    pub enum Head {
        /// Civil identity, 5 years after the end of the contract.
        C1 = "C1",
        /// Other subscription and payment data, 1 year after the end of the contract.
        C2 = "C2",
        /// Technical data that identify the source of the connection, 1 year from it.
        C3 = "C3",
    }
}

text_enum! {
    /// Why a record gave no row.
    pub enum RejectReason {
        /// Not the syntax of the format.
        Syntax = "syntax",
        /// Longer, deeper or larger than the limits allow.
        Limit = "limit",
        /// The time could not be read or does not exist.
        Time = "time",
        /// The address could not be read.
        Address = "address",
        /// A required field is not there.
        MissingField = "missing_field",
        /// Ends before it should.
        Truncated = "truncated",
        /// Read and understood, of no use here (a service message, a header line).
        SetAside = "set_aside",
    }
}

text_enum! {
    /// What checking a signature gave.
    pub enum SignatureState {
        /// The signature is that of a key in the case, over these very bytes.
        Good = "good",
        /// The bytes are not those that were signed.
        Bad = "bad",
        /// No key in the case could have made it: nothing was checked.
        NoKey = "no_key",
        /// It cannot be read.
        Malformed = "malformed",
    }
}

text_enum! {
    /// The sort of a datum that an addressee declares of a subscriber.
    pub enum SubscriberCategory {
        /// Name, first name, company.
        Name = "name",
        /// Date or place of birth.
        Birth = "birth",
        /// Postal address.
        PostalAddress = "postal_address",
        /// E-mail address.
        Email = "email",
        /// Telephone number.
        Phone = "phone",
        /// Means or reference of payment.
        Payment = "payment",
        /// Identifier of the account, contract, line or device.
        Identifier = "identifier",
        /// Anything else.
        Other = "other",
    }
}

text_enum! {
    /// Whether the clock inside an id says the same as the declared time.
    pub enum ClockVerdict {
        /// Within what the service does on its own.
        Agrees = "agrees",
        /// Beyond it.
        Disagrees = "disagrees",
        /// There is no declared time to compare with.
        Alone = "alone",
    }
}

text_enum! {
    /// What is asked of an address at an instant.
    pub enum Question {
        /// Which autonomous system announced it, under which name.
        Operator = "operator",
        /// In which country it is registered or declared to be used.
        Country = "country",
        /// In which city a database puts it: an indication, never a finding.
        City = "city",
        /// Whether it is set aside by a registry (RFC 6890) or announced by nobody.
        Bogon = "bogon",
        /// Whether it was a Tor exit.
        TorExit = "tor_exit",
        /// Whether it was a Tor relay of any kind.
        TorRelay = "tor_relay",
        /// Whether a Tor exit there let connections to that port through.
        TorPort = "tor_port",
        /// Which Tor relays stood in its /24 or /48.
        TorNeighbour = "tor_neighbour",
        /// Whether a VPN service used it.
        Vpn = "vpn",
        /// Whether a privacy relay left by it.
        Relay = "relay",
        /// Whether it is that of rented servers.
        Hosting = "hosting",
        /// Whether it is the edge of a content delivery network.
        Cdn = "cdn",
        /// Whether an operator shares it among subscribers.
        Cgnat = "cgnat",
        /// Whether it is that of a mobile network.
        Mobile = "mobile",
        /// Whether it is that of a line of a home or office.
        AccessLine = "access_line",
        /// Whether it is that of a satellite access.
        Satellite = "satellite",
        /// Whether many people of one site share it.
        SharedSite = "shared_site",
        /// Which part of the ports an operator that splits an address gave to one line.
        PortShare = "port_share",
        /// Which name the reverse DNS gives it, and whether that name leads back to it.
        ReverseName = "reverse_name",
        /// What the reverse name says of the line: technology, site, department.
        Line = "line",
        /// Whom the registry names as its holder (RDAP).
        Registration = "registration",
    }
}

text_enum! {
    /// Whether the record of a server can be relied on.
    pub enum Trust {
        /// Written by a server of the recipient's side.
        Trusted = "trusted",
        /// Written beyond the boundary: the sender may have forged it.
        Declared = "declared",
    }
}

text_enum! {
    /// A mechanism that authenticates mail.
    pub enum MailMechanism {
        /// `DomainKeys` Identified Mail (RFC 6376).
        Dkim = "dkim",
        /// Sender Policy Framework (RFC 7208).
        Spf = "spf",
        /// Domain-based Message Authentication (RFC 7489).
        Dmarc = "dmarc",
        /// Authenticated Received Chain (RFC 8617).
        Arc = "arc",
    }
}

text_enum! {
    /// What a mechanism gives (RFC 8601), and what it cannot give without a socket.
    pub enum MailResult {
        /// It holds.
        Pass = "pass",
        /// It does not hold.
        Fail = "fail",
        /// SPF: probably not allowed.
        SoftFail = "softfail",
        /// Nothing is said either way.
        Neutral = "neutral",
        /// The message or the domain says nothing.
        None = "none",
        /// A passing error.
        TempError = "temperror",
        /// What is published or signed is malformed.
        PermError = "permerror",
        /// The key or record that would decide is not among the exhibits.
        NoKey = "no_key",
    }
}

text_enum! {
    /// Who says what a mechanism gave.
    pub enum MailVerdictBy {
        /// Computed here from the bytes of the message and the keys among the exhibits.
        Recomputed = "recomputed",
        /// Reported by a server of the recipient's side.
        Reported = "reported",
        /// Reported by a server beyond the boundary: a claim.
        Claimed = "claimed",
    }
}

text_enum! {
    /// What a sign-in of the claimant's own account looks like beside the others.
    pub enum SignInVerdict {
        /// From a network and device that the account usually uses.
        Usual = "usual",
        /// Something differs that travel, a new line or a new device explains as well.
        Unusual = "unusual",
        /// Neither network nor device was used before, nor for long after.
        Foreign = "foreign",
        /// Too little is known of the account's habits to say.
        Undecided = "undecided",
    }
}
